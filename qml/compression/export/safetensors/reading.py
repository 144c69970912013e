"""Reads a file back; what is damaged, cut short or of another format is told."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from safetensors import SafetensorError, safe_open
from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.export.safetensors.parts import restore
from qml.compression.export.safetensors.plan import SCHEMA
from qml.compression.formats.base import Part
from qml.compression.subjects.base import Subject
from qml.compression.subjects.written import MARK
from qml.errors import UsageError

WEIGHTS = "model.safetensors"


class Contents(NamedTuple):
    """What a file holds.

    Attributes:
        model: Source and SHA-256 of the model that was compressed.
        parts: By the name of the unit, or of the parameter that is none.
        others: All other tensors, as they are stored.
    """

    model: dict[str, Any]
    parts: dict[str, Part]
    others: dict[str, Tensor]

    def candidate(self, subject: Subject) -> Candidate:
        """Return it as a candidate that changes every parameter of a model."""
        units = {unit.name for unit in subject.units}
        held: dict[str, Tensor | Part] = {**self.others, **self.parts}
        own = [name for name, _ in subject.module.named_parameters()]
        return Candidate(
            {name: part for name, part in self.parts.items() if name in units},
            {name: held[name] for name in own if name in held},
        )


def weights_file(path: Path) -> Path:
    """Return the file of an export, which is addressed by it or by its folder."""
    return path / WEIGHTS if path.is_dir() else path


def read(path: Path) -> Contents:
    """Read an export.

    Args:
        path: The file, or its folder.

    Raises:
        UsageError: It is missing, damaged, or another format or version.
    """
    file = weights_file(path)
    if not file.is_file():
        raise UsageError(f"there is no {file}")
    try:
        with safe_open(file, framework="pt") as opened:
            metadata = opened.metadata() or {}
            _check(file, metadata)
            stored = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118 - no dict
        return _contents(metadata, stored)
    except SafetensorError as error:
        raise _damaged(file, f"it is cut short or no safetensors file ({error})") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}") from error
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise _damaged(file, f"{type(error).__name__}: {error}") from error


def _contents(metadata: Mapping[str, str], stored: dict[str, Tensor]) -> Contents:
    parts = {}
    for unit, entry in json.loads(metadata["parts"]).items():
        taken = {name: stored.pop(name) for name in list(stored) if _of(unit, name)}
        parts[unit] = restore(entry, {n.rpartition(".")[2]: t for n, t in taken.items()})
    return Contents(json.loads(metadata["model"]), parts, stored)


def _of(unit: str, name: str) -> bool:
    """Whether a tensor is one of a unit's: its suffix is a part's, and no parameter's."""
    suffixes = ("codes", "scales", "zeros", "values", "mask", "kept_rows", "kept_columns")
    return name.rpartition(".")[0] == unit and name.rpartition(".")[2] in suffixes


def _check(file: Path, metadata: Mapping[str, str]) -> None:
    found = metadata.get("format", "")
    if found == SCHEMA:
        return
    if found.startswith(MARK):
        raise UsageError(
            f"{file} has the format {found}, and this qml reads {SCHEMA}",
            hint="read it with the version of qml that wrote it",
        )
    raise UsageError(f"{file} was not written by `qml compress`: it names the format `{found}`")


def _damaged(file: Path, why: str) -> UsageError:
    return UsageError(f"{file} is damaged: {why}", hint="export it again")
