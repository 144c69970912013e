"""What is told before a model is loaded."""

import pytest

from qml.config import validate
from qml.errors import ConfigError, DataError, PluginError, UsageError
from qml.session import World
from qml.tasks.compress import check

WORDS = "the quick brown fox jumps over the lazy dog. " * 20


@pytest.fixture
def root(tmp_path):
    (tmp_path / "calibrate.txt").write_text(WORDS)
    (tmp_path / "evaluate.txt").write_text(WORDS.replace("fox", "cat"))
    (tmp_path / "part.txt").write_text(WORDS[:200])
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "latin.txt").write_bytes("é".encode("latin-1"))
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    (tmp_path / "pickle.pt").write_bytes(b"\x80\x04")
    (tmp_path / "net.py").write_text("def build(): raise SystemExit('it ran')")
    (tmp_path / "broken.py").write_text("def build(:")
    folder = tmp_path / "mute"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"")
    return tmp_path


def check_with(root, **keys):
    given = {
        "model": "gguf:model.gguf",
        "calibrate": ["calibrate.txt"],
        "evaluate": ["evaluate.txt"],
    }
    check(validate({"compress": given | keys}), root, World.default())


def test_what_can_work_is_accepted(root):
    check_with(root)
    check_with(root, methods=["bits", "round"], export="safetensors", output="new")


@pytest.mark.parametrize(
    ("keys", "error", "said"),
    [
        ({"model": ""}, ConfigError, "no model is named"),
        ({"model": "foo:bar"}, UsageError, "names no model"),
        ({"model": "gguf:no.gguf"}, UsageError, "there is no"),
        ({"model": "gguf:mute"}, UsageError, "is a folder"),
        ({"model": "gguf:part.txt"}, UsageError, "is no GGUF file"),
        ({"model": "hf:none"}, UsageError, "no model `none`"),
        ({"model": "hf:mute"}, UsageError, "has no tokenizer"),
        ({"shape": [3]}, ConfigError, "are for torch: models"),
        ({"model": "torch:no.py:build"}, UsageError, "there is no"),
        ({"model": "torch:net.py:other"}, PluginError, "has no `other`"),
        ({"model": "torch:broken.py:build"}, PluginError, "is no Python"),
        ({"model": "torch:net.py:build", "weights": "no.pt"}, UsageError, "there is no"),
        ({"model": "torch:net.py:build", "weights": "pickle.pt"}, UsageError, "is a pickle"),
        ({"methods": ["bits", "bits"]}, ConfigError, "names one twice"),
        ({"methods": ["nope"]}, PluginError, "unknown compressor `nope`"),
        ({"target": "4 lbs"}, ConfigError, "`4 lbs` is no target"),
        ({"target": "40bpw"}, ConfigError, "between 0 and 32"),
        ({"calibrate": []}, ConfigError, "compress.calibrate names no text"),
        ({"evaluate": []}, ConfigError, "compress.evaluate names no text"),
        ({"evaluate": ["missing.txt"]}, DataError, "cannot be read"),
        ({"evaluate": ["empty.txt"]}, DataError, "is empty"),
        ({"evaluate": ["latin.txt"]}, DataError, "no UTF-8"),
        ({"evaluate": ["calibrate.txt"]}, ConfigError, "is the text that decisions are made on"),
        ({"evaluate": ["part.txt"]}, ConfigError, "shares its text with"),
        ({"output": "new"}, ConfigError, "compress.export is `none`"),
        ({"export": "safetensors", "output": "no/new"}, ConfigError, "no folder"),
        ({"export": "safetensors", "output": "mute"}, ConfigError, "exists already"),
        ({"export": "safetensors", "output": "new.gguf"}, ConfigError, "does not go with"),
        ({"export": "gguf", "output": "new"}, ConfigError, "does not go with"),
    ],
)
def test_what_cannot_work_is_refused(root, keys, error, said):
    with pytest.raises(error, match=said.replace("(", r"\(")) as found:
        check_with(root, **keys)
    assert isinstance(found.value, UsageError)
