"""Models of Hugging Face from a folder: offline, from safetensors, without code of the folder."""

import os
import struct
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

from qml.errors import MissingExtraError, UsageError


def check_torch() -> None:
    """Check that torch and transformers are installed, without importing them.

    Raises:
        MissingExtraError: One is not.
    """
    for package in ("torch", "transformers"):
        if find_spec(package) is None:
            raise MissingExtraError(package, extra="llm")


def load(
    folder: Path, kind: str, *, both: Mapping[str, Any] | None = None, **options: Any
) -> tuple[Any, Any]:
    """Load tokenizer and model.

    Args:
        folder: Checked by `qml.language.folders.check_folder`.
        kind: Class of transformers that chooses the architecture, e.g. `AutoModelForCausalLM`.
        both: More settings of `from_pretrained` for tokenizer and model.
        options: More settings for the model.

    Raises:
        UsageError: They cannot be loaded.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else a later fork is warned of
    import transformers

    shared = {"local_files_only": True, "trust_remote_code": False, **(both or {})}
    try:
        with quiet():
            tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **shared)
            model, told = getattr(transformers, kind).from_pretrained(
                folder,
                use_safetensors=True,
                dtype="float32",
                output_loading_info=True,
                **shared,
                **options,
            )
    except _load_errors() as error:
        raise UsageError(f"{_named(folder, both)} cannot be loaded: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust code: of a tokenizer, or safetensors
            raise
        raise UsageError(f"{_named(folder, both)} cannot be loaded: {error}") from error
    _check_complete(_named(folder, both), told["missing_keys"])
    return tokenizer, model.eval()


def _check_complete(path: Path, missing: Collection[str]) -> None:
    """Refuse weights that are not all there: transformers would draw the others at random."""
    lost = sorted(name for name in missing if "pooler" not in name)  # which nothing here asks for
    if lost:
        raise UsageError(
            f"{path} lacks {len(lost)} of the model's weights, e.g. {lost[0]}",
            hint="save it again whole; what `qml compress` wrote is read by `qml compress verify`",
        )


@contextmanager
def quiet() -> Iterator[None]:
    """Keep bars and tables of transformers off the terminal; what goes wrong is still raised."""
    from transformers.utils import logging

    shown, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        with redirect_stderr(StringIO()):  # its reader of GGUF has a bar that no setting stops
            yield
    finally:
        logging.set_verbosity(level)
        if shown:
            logging.enable_progress_bar()


def _load_errors() -> tuple[type[Exception], ...]:
    """Return what transformers and the readers beneath it raise for files that are damaged."""
    from safetensors import SafetensorError

    wrong = (ValueError, KeyError, IndexError, TypeError, AttributeError, RuntimeError)
    return (OSError, EOFError, ImportError, struct.error, SafetensorError, *wrong)


def _named(folder: Path, both: Mapping[str, Any] | None) -> Path:
    """Return the file that was named, where it was one of a folder's."""
    return folder / str((both or {}).get("gguf_file", ""))
