"""Coordinate descent: the best code of one column after the other, all others held fixed.

QuantEase (Behdin et al., arXiv:2309.01885), with updates in blocks. Codes of a column are equally
spaced, so the one nearest to the real-valued minimum is the exact minimum over all levels.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from qml.compression.round.problem import Problem

_BLOCK = 64


def descend(problem: Problem, codes: Tensor) -> Iterator[Tensor]:
    """Yield codes after each sweep over all columns, until nothing changes any more.

    Args:
        problem: What is rounded.
        codes: Where to begin, shape (columns, rows), float32.

    Yields:
        Codes; no row's objective is above that of the codes before.
    """
    lowest = problem.objectives(codes)
    while True:
        found = sweep(problem, codes)
        objectives = problem.objectives(found)
        better = objectives < lowest  # single precision may err where little is gained
        if not bool(better.any()):
            return
        codes = torch.where(better, found, codes)
        lowest = torch.where(better, objectives, lowest)
        yield codes


def sweep(problem: Problem, codes: Tensor, noise: "Noise | None" = None) -> Tensor:
    """Return codes after one visit of every column.

    Args:
        problem: What is rounded.
        codes: Codes before, shape (columns, rows), float32.
        noise: Chooses codes at a temperature; the best ones where None.
    """
    codes = codes.clone()
    slope = problem.hessian @ (problem.values(codes) - problem.target)
    for begin in range(0, len(codes), _BLOCK):
        block = slice(begin, min(begin + _BLOCK, len(codes)))
        change = _block(problem, codes, slope[block], block, noise)
        slope.addmm_(problem.hessian[:, block], change)
    return codes


class Noise:
    """Heat bath between the two codes around the real-valued minimum of a column.

    Args:
        temperature: In units of the objective, for each row, shape (rows,).
        generator: Feeds it.
    """

    def __init__(self, temperature: Tensor, generator: torch.Generator) -> None:
        self.temperature = temperature
        self.generator = generator

    def choose(self, wanted: Tensor, curvature: Tensor) -> Tensor:
        """Return codes, rounded down or up at random.

        Args:
            wanted: Real-valued codes of least objective, shape (rows,).
            curvature: What one code from there costs, shape (rows,).
        """
        down = wanted.floor()
        gap = (2 * (wanted - down) - 1) * curvature  # cost of rounding down less that of up
        up = torch.rand(gap.shape, generator=self.generator) < torch.sigmoid(gap / self.temperature)
        return down + up


def _block(
    problem: Problem, codes: Tensor, slope: Tensor, block: slice, noise: Noise | None
) -> Tensor:
    """Visit the columns of a block, and return what their weights changed by."""
    change = torch.empty_like(slope)
    inner, steps = problem.hessian[block, block], problem.step[block]
    curvature = inner.diagonal()[:, None] * steps
    costs = curvature * steps
    moves = torch.where(curvature > 0, -1 / curvature, 0.0)  # from slope to codes
    for i, column in enumerate(range(block.start, block.stop)):
        here = codes[column]
        push = torch.addmv(slope[i], change[:i].T, inner[i, :i])
        wanted = torch.addcmul(here, push, moves[i])
        new = wanted.round_() if noise is None else noise.choose(wanted, costs[i])
        new = torch.clamp(new, problem.low[column], problem.high[column])
        torch.mul(new - here, steps[i], out=change[i])
        codes[column] = new
    return change
