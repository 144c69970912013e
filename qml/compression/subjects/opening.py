"""From `[compress] model` to a loaded subject."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, UsageError
from qml.language.sources.base import Settings

if TYPE_CHECKING:
    from qml.compression.subjects.base import Subject

_HINT = "gguf:smollm2, gguf:FILE.gguf, hf:FOLDER_OR_ID, torch:FILE.py:FUNCTION"


def open_subject(
    address: str, settings: Settings, section: CompressSection | None = None
) -> "Subject":
    """Load a model.

    Args:
        address: `gguf:smollm2`, `gguf:PATH`, `hf:DIR_OR_ID` or `torch:FILE.py:FUNCTION`.
        settings: Folder of the project, environment, threads, cache of converted models.
        section: `[compress]`: whether code that came with the model may run, weights and shape of
            inputs of a model of the user's own.

    Raises:
        ConfigError: A setting does not go with the model.
        UsageError: No such model, it cannot be loaded safely, or its architecture is not known.
        MissingExtraError: torch, transformers or what reads GGUF is not installed.
        PluginError: The user's own code does not load.
    """
    from qml.compression.subjects.modules import open_module
    from qml.compression.subjects.pretrained import open_folder, open_gguf

    openers: dict[str, Callable[[str, Settings, CompressSection], Subject]] = {
        "gguf": open_gguf,
        "hf": open_folder,
        "torch": open_module,
    }
    section = section or CompressSection()
    kind, target = _split(address, section)
    return openers[kind](target, settings, section)


def check_subject(address: str, settings: Settings, section: CompressSection) -> None:
    """Refuse what can be told of a model without loading it, before a run begins.

    Args:
        address: As for `open_subject`.
        settings: Folder of the project, environment.
        section: `[compress]`.

    Raises:
        ConfigError: A setting does not go with the model.
        UsageError: No such model, it has no tokenizer, or it cannot be loaded safely.
        MissingExtraError: What loads it is not installed.
    """
    from qml.compression.subjects.modules import find_module
    from qml.compression.subjects.pretrained import find_gguf, find_pretrained

    finders: dict[str, Callable[[str, Settings, CompressSection], object]] = {
        "gguf": find_gguf,
        "hf": find_pretrained,
        "torch": find_module,
    }
    kind, target = _split(address, section)
    finders[kind](target, settings, section)


def _split(address: str, section: CompressSection) -> tuple[str, str]:
    kind, _, target = address.partition(":")
    if kind not in ("gguf", "hf", "torch") or not target:
        raise UsageError(f"`{address}` names no model that `qml compress` can open", hint=_HINT)
    if kind != "torch" and (section.weights or section.shape):
        raise ConfigError(
            f"compress.weights and compress.shape are for torch: models, not for {address}",
            hint=f"leave them out: {kind}: models bring both",
        )
    return kind, target
