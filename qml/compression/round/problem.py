"""Rounding as a problem of numbers: matrices that read the same input, on their lattices.

Everything is stored columns first, shape (columns, rows): solvers go from column to column, and the
rows of all matrices, which share one Hessian, are rounded side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

import torch
from torch import Tensor

from qml.compression.round.grid import Grid


class Side(NamedTuple):
    """One of the matrices that stand side by side in a problem.

    Attributes:
        rows: Its rows.
        groups: Which group each column is in, shape (columns,), int64; None where the scales of
            its format cannot be chosen.
    """

    rows: slice
    groups: Tensor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Choose codes that minimise (w' - w) H (w' - w)^T of every row.

    Attributes:
        target: w, what the weights should be, shape (columns, rows), float32.
        step: Distance of two neighbouring values, shape (columns, rows), float32; 0 where a weight
            is no more than zero.
        zero: Code of the value 0, shape (columns, rows), float32.
        low: Smallest code, shape (columns, rows), float32.
        high: Largest code, shape (columns, rows), float32.
        hessian: H, shape (columns, columns), float32, positive definite.
        sides: The matrices, in the order of their rows.
    """

    target: Tensor
    step: Tensor
    zero: Tensor
    low: Tensor
    high: Tensor
    hessian: Tensor
    sides: tuple[Side, ...] = ()

    @property
    def size(self) -> int:
        """Number of weights."""
        return int(self.target.numel())

    def values(self, codes: Tensor) -> Tensor:
        """Return the weights of codes, shape (columns, rows)."""
        return self.step * (codes - self.zero)

    def nearest(self, wanted: Tensor) -> Tensor:
        """Return the codes of the nearest values, shape (columns, rows), float32."""
        return nearest(wanted, self.step, self.zero, self.low, self.high)

    def objectives(self, codes: Tensor) -> Tensor:
        """Return the objective of every row, shape (rows,), float64."""
        return self.measured(codes, self.slope(codes))

    def slope(self, codes: Tensor) -> Tensor:
        """Return half of the objectives' derivative by the weights, shape (columns, rows)."""
        return self.hessian @ (self.values(codes) - self.target)

    def measured(self, codes: Tensor, slope: Tensor) -> Tensor:
        """Return the objectives of codes whose slope is known, shape (rows,), float64."""
        return ((self.values(codes) - self.target) * slope).sum(0, dtype=torch.float64)

    def ordered(self, order: Tensor) -> "Problem":
        """Return the same problem with its columns in another order."""
        return replace(
            self,
            target=self.target[order],
            step=self.step[order],
            zero=self.zero[order],
            low=self.low[order],
            high=self.high[order],
            hessian=self.hessian[order][:, order],
            sides=(),
        )


def nearest(wanted: Tensor, step: Tensor, zero: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """Return the codes of the values that are nearest to wanted ones."""
    codes = wanted / step.clamp(min=torch.finfo(torch.float32).tiny) + zero
    return torch.clamp(codes.round_(), low, high)


def damped(hessian: Tensor, damping: float) -> Tensor:
    """Return a Hessian with a share of its mean diagonal added to its diagonal, float32.

    Inputs that are always 0 would make it singular.
    """
    mean = hessian.diagonal().mean().clamp(min=torch.finfo(torch.float32).tiny)
    found = hessian.clone()
    found.diagonal().add_(damping * mean)
    return found.float()


def stacked(grids: Sequence[Grid], targets: Sequence[Tensor], hessian: Tensor) -> Problem:
    """Return the problem of matrices that read the same input.

    Args:
        grids: Their lattices.
        targets: What they should be, each of shape (rows, columns).
        hessian: Second moments of the input, damped, shape (columns, columns), float32.
    """

    def side(parts: Sequence[Tensor]) -> Tensor:
        return torch.cat([part.T for part in parts], 1).contiguous()

    return Problem(
        target=side([w[grid.rows] for grid, w in zip(grids, targets, strict=True)]),
        step=side([grid.step for grid in grids]),
        zero=side([grid.zero for grid in grids]),
        low=side([grid.low for grid in grids]),
        high=side([grid.high for grid in grids]),
        hessian=hessian,
        sides=tuple(
            Side(slice(end - len(grid.rows), end), grid.groups)
            for grid, end in zip(grids, accumulate(len(g.rows) for g in grids), strict=True)
        ),
    )
