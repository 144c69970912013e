"""Exports are there whole, or not at all."""

from pathlib import Path

import pytest

from qml.compression.export.atomic import on_disk, whole
from qml.errors import UsageError


def test_a_folder_appears_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "model"
    with whole(target, 3) as scratch:
        scratch.mkdir()
        (scratch / "a").write_bytes(b"abc")
        assert not target.exists()
    assert on_disk(target) == 3
    assert sorted(p.name for p in target.parent.iterdir()) == ["model"]


def test_nothing_is_left_of_what_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole(tmp_path / "model", 3) as scratch:
        scratch.write_bytes(b"a" * (1 // 0))
    assert not list(tmp_path.iterdir())


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(b"mine")
    with pytest.raises(UsageError, match="exists already"), whole(tmp_path / "model", 3):
        pass
    assert (tmp_path / "model").read_bytes() == b"mine"


def test_a_disk_without_room_is_told_before(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="and the disk has"), whole(tmp_path / "model", 10**18):
        pytest.fail("it began to write")
    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up(tmp_path: Path, file_limit) -> None:
    file_limit(1000)
    with (
        pytest.raises(UsageError, match="nothing of it was kept") as caught,
        whole(tmp_path / "model", 2000) as scratch,
    ):
        scratch.write_bytes(bytes(2000))
    assert "0.0 MB" in str(caught.value.hint)
    assert not list(tmp_path.iterdir())
