"""Texts that cannot be used."""

from pathlib import Path

import pytest

from qml.compression.subjects.corpora import read_text
from qml.errors import DataError


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"caf\xe9 au lait", "is no UTF-8 text"),
    ],
)
def test_texts_that_cannot_be_read(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "text.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=says) as caught:
        read_text(path, "evaluate")
    assert caught.value.message.startswith("compress.evaluate: ")


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read: Is a directory"):
        read_text(tmp_path, "calibrate")


def test_a_text_shorter_than_a_chunk(tiny, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("thirteen byte")
    with pytest.raises(DataError, match="has 13 tokens, and one chunk takes 32") as caught:
        tiny.read([tmp_path / "text.txt"], what="calibrate", length=32, most=None)
    assert "compress.length to 13" in str(caught.value.hint)


def test_chunks_of_each_text(tiny, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.txt", "b.txt")]
    for path, letter in zip(paths, "ab", strict=True):
        path.write_text(letter * 70)
    found = tiny.read(paths, what="evaluate", length=16, most=64)
    assert found.inputs.shape == (4, 16)
    assert [len(set(chunk.tolist())) for chunk in found.inputs] == [1, 1, 1, 1]
    assert found.inputs[1, 0] != found.inputs[2, 0]
    assert found.clusters.tolist() == [i for i in range(4) for _ in range(15)]
