"""SparseGPT (Frantar & Alistarh, arXiv:2301.00774): one pass, errors made good to the right.

With U^T U = H^-1, removing w_i costs (w_i / U_ii)^2, and the columns to its right take
-(w_i / U_ii) U_i,:. Masks are chosen a block at a time among all rows of the block, or for every M
columns when they are reached.
"""

import torch
from torch import Tensor

from qml.compression.prune.problem import Problem, Pruned
from qml.compression.prune.quota import keep_best, keep_best_of_groups, spread

BLOCK = 128
"""Columns whose mask is chosen at a time."""


def sparsegpt(problem: Problem) -> Pruned:
    """Prune and update in one pass over the columns."""
    weight, columns = problem.weight.clone(), problem.weight.shape[1]
    upper = _upper(problem.hessian)
    mask = torch.ones_like(weight, dtype=torch.bool)
    size = BLOCK if problem.pattern is None else BLOCK // problem.pattern[1] * problem.pattern[1]
    starts = range(0, columns, size or columns)
    zeros = _zeros(problem, starts, size or columns)
    for start, count in zip(starts, zeros, strict=True):
        here = slice(start, min(start + (size or columns), columns))
        block, errors = weight[:, here].clone(), torch.zeros_like(weight[:, here])
        chosen = _Choice(problem, upper.diagonal()[here], count)
        for i in range(block.shape[1]):
            kept = chosen.column(block, i)
            errors[:, i] = block[:, i] * ~kept / upper[start + i, start + i]
            block[:, i:] -= errors[:, i, None] * upper[start + i, start + i : here.stop]
            block[:, i] *= kept
        weight[:, here], mask[:, here] = block, chosen.mask
        weight[:, here.stop :] -= errors @ upper[here, here.stop :]
    return Pruned(weight * mask, mask)


class _Choice:
    """The mask of a block: known at once, or group by group."""

    def __init__(self, problem: Problem, diagonal: Tensor, zeros: int) -> None:
        self._pattern, self._diagonal, self._zeros = problem.pattern, diagonal, zeros
        self.mask = torch.ones(len(problem.weight), len(diagonal), dtype=torch.bool)

    def column(self, block: Tensor, i: int) -> Tensor:
        """Return which weights of a column stay, shape (rows,)."""
        if self._pattern is None and i == 0:
            self.mask = keep_best((block / self._diagonal).square(), self._zeros)
        elif self._pattern is not None and i % self._pattern[1] == 0:
            here = slice(i, i + self._pattern[1])
            scores = (block[:, here] / self._diagonal[here]).square()
            self.mask[:, here] = keep_best_of_groups(scores, self._pattern)
        return self.mask[:, i]


def _zeros(problem: Problem, starts: range, size: int) -> list[int]:
    """Return the zeros of each block; the last one may be narrower."""
    rows, columns = problem.weight.shape
    per_column = spread(problem.zeros, columns)
    most = [rows * (min(start + size, columns) - start) for start in starts]
    found = [int(per_column[start : start + size].sum()) for start in starts]
    assert all(zeros <= limit for zeros, limit in zip(found, most, strict=True))
    return found


def _upper(hessian: Tensor) -> Tensor:
    """Return U, upper triangular, with U^T U = H^-1."""
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(hessian.double()))
    return torch.linalg.cholesky(inverse, upper=True).float()
