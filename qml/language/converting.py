"""GGUF files as folders of Hugging Face, in full precision; each is converted once."""

import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from qml.errors import MissingExtraError
from qml.files import FileLock, digest_file
from qml.language.folders import user_cache
from qml.language.loading import load, quiet

if TYPE_CHECKING:
    from qml.language.sources.base import Settings


def check_gguf() -> None:
    """Check that what reads GGUF files is installed, without importing it.

    Raises:
        MissingExtraError: It is not.
    """
    for package in ("gguf", "accelerate"):
        if find_spec(package) is None:
            raise MissingExtraError(package, extra="llm")


def converted(path: Path, settings: "Settings") -> Path:
    """Return the folder of a file's full-precision copy, made once in the user's cache.

    Args:
        path: A GGUF file; others may lie beside it.
        settings: Folder of converted models, environment.

    Raises:
        UsageError: The file cannot be loaded.
    """
    cache = settings.cache or user_cache(settings.environ)
    folder = cache / digest_file(path)
    if (folder / "config.json").is_file():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / f"{folder.name}.lock"):
        if not folder.is_dir():  # another process may have made it meanwhile
            _convert(path, folder)
    return folder


def _convert(path: Path, folder: Path) -> None:
    """Write the weights of a GGUF file as safetensors, whole or not at all."""
    from transformers import GgufConfig

    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        tokenizer, model = load(
            path.parent,
            "AutoModelForCausalLM",
            both={"gguf_file": path.name},
            quantization_config=GgufConfig(dequantize=True),  # else it cannot be saved
        )
        with quiet():
            model.save_pretrained(Path(scratch) / "model")
            tokenizer.save_pretrained(Path(scratch) / "model")
        (Path(scratch) / "model").rename(folder)
