"""Saved states of a run: arrays in safetensors, everything else as JSON in the same file."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.files import write_bytes

if TYPE_CHECKING:
    import numpy as np

_NAME = re.compile(r"step-(\d{9})\.safetensors")
_KEPT = 2
_LENGTH = 8  # a safetensors file begins with the length of its header, little-endian


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """One saved state.

    Attributes:
        step: Optimiser steps done.
        arrays: Weights and optimiser state, by name; dtypes and shapes as they were saved.
        state: What else is needed to go on, e.g. epoch, best loss.
    """

    step: int
    arrays: dict[str, "np.ndarray[Any, Any]"]
    state: dict[str, Any]


class Checkpoints:
    """The checkpoints of one run; the last two are kept.

    Each file is plain safetensors; its metadata hold the SHA-256 of the tensors and the state, so
    that a damaged file is recognised.

    Args:
        folder: `checkpoints/` of a run.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(
        self, step: int, arrays: Mapping[str, "np.ndarray[Any, Any]"], state: Mapping[str, Any]
    ) -> Path:
        """Write a checkpoint atomically, then remove those before the last two.

        Args:
            step: Optimiser steps done, 0 to 999,999,999.
            arrays: NumPy arrays by name.
            state: JSON values; floats survive exactly.

        Returns:
            The file.
        """
        import numpy as np
        from safetensors.numpy import save

        metadata = {"step": str(step), "state": json.dumps(state)}
        # ascontiguousarray makes vectors of scalars, so scalars are copied instead.
        dense = {name: np.array(array, order="C") for name, array in arrays.items()}
        _, tensors = _parts(save(dense, metadata))
        metadata["sha256"] = _digest(metadata, tensors)
        path = self._folder / f"step-{step:09d}.safetensors"
        write_bytes(path, save(dense, metadata))
        for old in self._files()[_KEPT:]:
            old.unlink(missing_ok=True)
        return path

    def latest(self) -> tuple[Checkpoint | None, list[str]]:
        """Return the newest checkpoint that is whole, and what was wrong with newer ones.

        Returns:
            The checkpoint, or None where there is none to go on from; and one sentence for each
            damaged file that was passed over.
        """
        warnings: list[str] = []
        for path in self._files():
            try:
                return _load(path), warnings
            except (OSError, ValueError, KeyError) as error:
                warnings.append(f"checkpoint {path.name} is damaged and was skipped: {error}")
        return None, warnings

    def after(self, step: int) -> None:
        """Remove checkpoints of later steps."""
        for path in self._files():
            if _step(path) > step:
                path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        """Return the checkpoint files, newest first."""
        found = [path for path in self._folder.glob("step-*") if _NAME.fullmatch(path.name)]
        return sorted(found, key=_step, reverse=True)


def _step(path: Path) -> int:
    found = _NAME.fullmatch(path.name)
    return int(found[1]) if found else -1


def _load(path: Path) -> Checkpoint:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    data = path.read_bytes()
    header, tensors = _parts(data)
    metadata = header["__metadata__"]
    if _digest(metadata, tensors) != metadata["sha256"]:
        raise ValueError("its digest does not match")
    try:
        arrays = load(data)
    except SafetensorError as error:
        raise ValueError(str(error)) from error
    return Checkpoint(
        step=int(metadata["step"]), arrays=arrays, state=json.loads(metadata["state"])
    )


def _parts(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Split a safetensors file into its header and the bytes of its tensors."""
    end = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
    header = json.loads(data[_LENGTH:end])
    if not isinstance(header, dict):
        raise ValueError("its header is not an object")  # noqa: TRY004 - damage, not a type error
    return header, data[end:]


def _digest(metadata: Mapping[str, str], tensors: bytes) -> str:
    begin = json.dumps([metadata["step"], metadata["state"]]).encode()
    return hashlib.sha256(begin + tensors).hexdigest()
