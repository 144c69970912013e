"""How many weights go where; sums are exact to one weight."""

from collections.abc import Sequence

import torch
from torch import Tensor

from qml.compression.subjects.base import Unit


def zeros_of(units: Sequence[Unit], share: float) -> dict[str, int]:
    """Return the zeros of each unit: the same share of all, their sum rounded once."""
    found, weights, given = {}, 0, 0
    for unit in units:
        weights += unit.weights
        found[unit.name] = round(share * weights) - given
        given += found[unit.name]
    return found


def spread(zeros: int, parts: int) -> Tensor:
    """Part zeros among rows, or blocks, as evenly as can be; shape (parts,), int64."""
    edges = torch.arange(parts + 1) * zeros // parts
    return edges.diff()


def keep_best(scores: Tensor, zeros: int) -> Tensor:
    """Return the mask that loses the lowest scores of the whole matrix; ties go by place."""
    order = scores.flatten().argsort(stable=True)
    mask = torch.ones(scores.numel(), dtype=torch.bool)
    mask[order[:zeros]] = False
    return mask.view(scores.shape)


def keep_best_of_rows(scores: Tensor, zeros: int) -> Tensor:
    """Return the mask that loses the lowest scores of each row, as many of each (within one)."""
    ranks = scores.argsort(dim=1, stable=True).argsort(dim=1)
    return ranks >= spread(zeros, len(scores))[:, None]


def keep_best_of_groups(scores: Tensor, pattern: tuple[int, int]) -> Tensor:
    """Return the mask that keeps the N highest scores of every M columns."""
    kept, size = pattern
    groups = scores.unflatten(1, (-1, size))
    ranks = groups.argsort(dim=-1, stable=True).argsort(dim=-1)
    return (ranks >= size - kept).flatten(1)
