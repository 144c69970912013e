"""Whether two candidates are the same, so that none is run twice."""

import torch
from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.formats.base import Part


def same(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates hold the same weights in the same formats."""
    if a.parts.keys() != b.parts.keys() or a.others.keys() != b.others.keys():
        return False
    if any(a.parts[name].format != b.parts[name].format for name in a.parts):
        return False
    return all(_equal(a.others[name], b.others[name]) for name in a.others) and all(
        _equal(a.parts[name], b.parts[name]) for name in a.parts
    )


def _equal(a: Part | Tensor, b: Part | Tensor) -> bool:
    return a is b or torch.equal(_dense(a), _dense(b))


def _dense(values: Part | Tensor) -> Tensor:
    return values if isinstance(values, Tensor) else values.dense()
