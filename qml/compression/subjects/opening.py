"""From `[compress] model` to a loaded subject."""

from pathlib import Path
from typing import TYPE_CHECKING

from qml.language.sources.base import Settings

if TYPE_CHECKING:
    from qml.compression.subjects.base import Subject


def open_subject(address: str, settings: Settings) -> "Subject":
    """Load a model.

    Args:
        address: `gguf:smollm2`, `gguf:PATH` or `hf:DIR_OR_ID`.
        settings: Folder of the project, environment, threads, cache of converted models.

    Raises:
        UsageError: No such model, it cannot be loaded safely, or its architecture is not known.
        MissingExtraError: torch, transformers or what reads GGUF is not installed.
    """
    from qml.compression.subjects.causal import CausalSubject
    from qml.language.sources.hf import open_source

    _, _, target = address.partition(":")
    source = open_source(_folder(target, settings.root), settings)
    tokenizer, model = source.model
    return CausalSubject(
        address,
        model,
        tokenizer,
        folder=source.folder,
        digest=str(source.describe()["sha256"]),
    )


def _folder(target: str, root: Path) -> str:
    """Return the folder of a GGUF file; all else is what it is."""
    path = root / target
    return str(path.parent) if path.suffix == ".gguf" else target
