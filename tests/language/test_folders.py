"""Folders of models: what is refused, and the way out."""

import json
from pathlib import Path

import pytest

from qml.errors import UsageError
from qml.language.folders import find_folder, user_cache


def folder(root: Path, *names: str, **config: object) -> Path:
    made = root / "model"
    made.mkdir()
    (made / "config.json").write_text(json.dumps(config))
    for name in names:
        (made / name).write_bytes(b"")
    return made


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.pkl"])
def test_pickles(tmp_path: Path, name: str) -> None:
    folder(tmp_path, name)
    with pytest.raises(UsageError, match="a pickle, which can run any code") as caught:
        find_folder("model", tmp_path)
    assert "save_pretrained" in str(caught.value.hint)


def test_safetensors_beside_a_pickle_are_used(tmp_path: Path) -> None:
    made = folder(tmp_path, "pytorch_model.bin", "model.safetensors")
    assert find_folder("model", tmp_path) == made


def test_code_of_the_folder_is_never_run(tmp_path: Path) -> None:
    folder(tmp_path, "model.safetensors", auto_map={"AutoModel": "code.Model"})
    with pytest.raises(UsageError, match="needs code of its own"):
        find_folder("model", tmp_path)


def test_one_gguf_is_enough(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "tiny.gguf").write_bytes(b"GGUF")
    assert find_folder("model", tmp_path) == tmp_path / "model"


@pytest.mark.parametrize(
    ("content", "says"), [(None, "no config.json"), ("{", "cannot be read"), ("[]", "no JSON")]
)
def test_a_folder_that_is_no_model(tmp_path: Path, content: str | None, says: str) -> None:
    (tmp_path / "model").mkdir()
    if content is not None:
        (tmp_path / "model" / "config.json").write_text(content)
    with pytest.raises(UsageError, match=says):
        find_folder("model", tmp_path)


def test_no_weights(tmp_path: Path) -> None:
    folder(tmp_path)
    with pytest.raises(UsageError, match="has no weights"):
        find_folder("model", tmp_path)


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no model `absent`"):
        find_folder("absent", tmp_path)


def test_an_id_that_was_never_downloaded(tmp_path: Path) -> None:
    pytest.importorskip("huggingface_hub")
    with pytest.raises(UsageError, match="the local cache has no such id") as caught:
        find_folder("someone/some-model", tmp_path)
    assert "hf download someone/some-model" in str(caught.value.hint)


def test_the_users_cache(tmp_path: Path) -> None:
    assert user_cache({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "qml" / "models"
    assert user_cache({"HOME": str(tmp_path)}) == tmp_path / ".cache" / "qml" / "models"
