"""Pruning one matrix: what is known of it, and what is found."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

Pattern = tuple[int, int]
"""(N, M): N of every M columns of a row stay."""


class Problem(NamedTuple):
    """One matrix W whose inputs x have second moments H: the loss of W' is tr (W'-W) H (W'-W)^T.

    Attributes:
        weight: W, shape (rows, columns), float32.
        hessian: H, damped, shape (columns, columns), float32.
        norms: Root mean square of each input, shape (columns,), float32.
        zeros: Weights to be removed.
        pattern: Where every M columns lose as many, else None.
        seed: Feeds every random choice.
    """

    weight: Tensor
    hessian: Tensor
    norms: Tensor
    zeros: int
    pattern: Pattern | None = None
    seed: int = 0

    def losses(self, weight: Tensor) -> Tensor:
        """Return the loss of each row, shape (rows,)."""
        change = weight - self.weight
        return ((change @ self.hessian) * change).sum(1)


class Pruned(NamedTuple):
    """What was found.

    Attributes:
        weight: Shape (rows, columns), float32, zero where it was pruned.
        mask: Which weights stay, shape (rows, columns), bool.
    """

    weight: Tensor
    mask: Tensor


Pruner = Callable[[Problem], Pruned]


def damped(hessian: Tensor, damping: float) -> Tensor:
    """Add a part of the mean diagonal to the diagonal, as SparseGPT does; float32.

    Inputs that are always 0 have no moments; with no damping they would have no inverse.
    """
    mean = float(hessian.diagonal().mean())
    added = damping * mean if mean > 0 else 1.0
    return (hessian + added * torch.eye(len(hessian), dtype=hessian.dtype)).float()
