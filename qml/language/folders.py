"""Folders of Hugging Face models: found offline, and refused where loading them could run code."""

import json
from collections.abc import Mapping
from pathlib import Path

from qml.errors import MissingExtraError, UsageError
from qml.language.locate import PACKAGED, packaged

_PICKLES = ("*.bin", "*.pt", "*.pth", "*.pkl", "*.ckpt")
_VOCABULARIES = ("tokenizer.json", "*.model", "*vocab*", "*.tiktoken")


def find_folder(target: str, root: Path, *, own_code: bool = False) -> Path:
    """Return the folder of a model.

    Args:
        target: A folder, the short name of a packaged model, or an id `owner/name` that is in the
            local cache of Hugging Face.
        root: Where relative paths begin.
        own_code: Whether code that came with the model may run; only where the user said so.

    Raises:
        UsageError: No such folder, or it holds nothing that can be loaded safely.
        MissingExtraError: An id was given and `huggingface_hub` is not installed.
    """
    if target in PACKAGED:
        path = packaged(target)
        return path if path.is_dir() else path.parent
    folder = root / Path(target).expanduser()
    if not folder.is_dir():
        folder = _cached(target, folder)
    check_folder(folder, own_code=own_code)
    return folder


def check_folder(folder: Path, *, own_code: bool = False) -> None:
    """Refuse a folder without safe weights, or one that asks to run code of its own.

    Args:
        folder: The folder.
        own_code: Whether code that came with the model may run.

    Raises:
        UsageError: With the way out.
    """
    if gguf_of(folder) is not None:
        return
    if not (folder / "config.json").is_file():
        raise UsageError(f"{folder} has no config.json", hint=_way_in(folder))
    if needs_own_code(folder) and not own_code:
        raise UsageError(
            f"{folder} needs code of its own (auto_map), which is never run",
            hint="use a model whose architecture transformers knows",
        )
    if any(folder.glob("*.safetensors")):
        return
    if found := [path.name for pattern in _PICKLES for path in sorted(folder.glob(pattern))]:
        raise UsageError(
            f"{folder} has its weights in {found[0]}, a pickle, which can run any code",
            hint="convert it where you trust it: model.save_pretrained(FOLDER) writes safetensors",
        )
    raise UsageError(f"{folder} has no weights", hint="it needs *.safetensors or one *.gguf")


def needs_own_code(folder: Path) -> bool:
    """Whether a folder asks to run code that came with it (`auto_map`)."""
    named = ("config.json", "tokenizer_config.json")
    return any(_read(folder / n).get("auto_map") for n in named if (folder / n).is_file())


def has_tokenizer(folder: Path) -> bool:
    """Whether a folder holds the vocabulary of a tokenizer, in any of its forms."""
    return any(any(folder.glob(pattern)) for pattern in _VOCABULARIES)


def gguf_of(folder: Path) -> Path | None:
    """Return the one GGUF file of a folder without safetensors, or None."""
    found = sorted(folder.glob("*.gguf"))
    return found[0] if len(found) == 1 and not any(folder.glob("*.safetensors")) else None


def weights_of(folder: Path) -> list[Path]:
    """Return the files that decide what a model says: weights and vocabulary, sorted."""
    patterns = ("*.safetensors", "*.gguf", "config.json", "tokenizer.json", "*vocab*", "merges.txt")
    return sorted({path for pattern in patterns for path in folder.glob(pattern)})


def user_cache(environ: Mapping[str, str]) -> Path:
    """Return the folder of converted models in the user's cache."""
    base = environ.get("XDG_CACHE_HOME") or str(Path(environ.get("HOME") or Path.home()) / ".cache")
    return Path(base) / "qml" / "models"


def _way_in(folder: Path) -> str:
    if found := sorted(folder.glob("*.gguf")):
        return f"it has {len(found)} GGUF files: name one of them, gguf:{found[0]}"
    return "save_pretrained writes a folder that can be used"


def _read(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise UsageError(f"{path} is no JSON object")
    return found


def _cached(target: str, folder: Path) -> Path:
    """Return the folder of an id in the local cache; nothing is downloaded."""
    missing = UsageError(
        f"no model `{target}`: {folder} is no folder, and the local cache has no such id",
        hint=f"download it first: hf download {target}",
    )
    if target.count("/") != 1 or target.startswith((".", "/", "~")):
        raise missing
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
    except ImportError as error:
        raise MissingExtraError("huggingface_hub", extra="llm") from error
    try:
        return Path(snapshot_download(target, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise missing from error
