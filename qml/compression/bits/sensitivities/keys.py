"""What a measurement depends on, as digests: nothing that names a file, a target or a seed."""

import hashlib
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.formats.base import Format
from qml.compression.subjects.base import Examples, Subject
from qml.files import digest_json

VERSION = 1
"""Of what is measured; raised where the same key would give another number."""

_ROWS, _SHORT = 4, 12


def context(subject: Subject, base: Candidate, examples: Examples) -> Mapping[str, Any]:
    """Return what all measurements of one journal share; its digest names the file."""
    described = subject.describe()
    return {
        "version": VERSION,
        "model": described["sha256"],
        "engine": described["engine"],
        "units": digest_json([list(unit) for unit in subject.units]),
        "base": _candidate(base),
        "examples": digest_json([tensor_digest(examples.inputs), len(examples.targets)]),
    }


def fingerprint(form: Format, columns: int) -> str:
    """Return a format's name with a digest of what it makes of a fixed matrix.

    A format that rounds otherwise than when it was measured is another one, whatever its name.
    """
    places = torch.arange(_ROWS * columns, dtype=torch.float64)
    matrix = places.mul(1.7).sin().pow(3).float().reshape(_ROWS, columns)
    return f"{form.name}:{tensor_digest(form.quantise(matrix).dense())[:_SHORT]}"


def tensor_digest(values: Tensor) -> str:
    """Return the SHA-256 of shape, type and bytes."""
    found = hashlib.sha256(f"{values.dtype}{tuple(values.shape)}".encode())
    found.update(values.detach().contiguous().numpy())
    return found.hexdigest()


def _candidate(base: Candidate) -> str:
    parts = {name: tensor_digest(part.dense()) for name, part in base.parts.items()}
    others = {
        name: tensor_digest(value if isinstance(value, Tensor) else value.dense())
        for name, value in base.others.items()
    }
    return digest_json([parts, others])
