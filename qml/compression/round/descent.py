"""Coordinate descent: the best code of one column after the other, all others held fixed.

QuantEase (Behdin et al., arXiv:2309.01885), with updates in blocks. Codes of a column are equally
spaced, so the one nearest to the real-valued minimum is the exact minimum over all levels.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from qml.compression.round.problem import Problem
from qml.compression.round.threads import one_thread

_BLOCK = 64


def descend(problem: Problem, codes: Tensor) -> Iterator[Tensor]:
    """Yield codes after each sweep over all columns, until nothing changes any more.

    Args:
        problem: What is rounded.
        codes: Where to begin, shape (columns, rows), float32.

    Yields:
        Codes; no row's objective is above that of the codes before.
    """
    slope = problem.slope(codes)
    lowest = problem.measured(codes, slope)
    while True:
        found = sweep(problem, codes, slope=slope)
        after = problem.slope(found)
        objectives = problem.measured(found, after)
        better = objectives < lowest  # single precision may err where little is gained
        if not bool(better.any()):
            return
        codes = torch.where(better, found, codes)
        slope = torch.where(better, after, slope)
        lowest = torch.where(better, objectives, lowest)
        yield codes


def sweep(
    problem: Problem,
    codes: Tensor,
    noise: "Noise | None" = None,
    *,
    slope: Tensor | None = None,
) -> Tensor:
    """Return codes after one visit of every column.

    Args:
        problem: What is rounded.
        codes: Codes before, shape (columns, rows), float32.
        noise: Chooses codes at a temperature; the best ones where None.
        slope: Of the codes before, where it is known.
    """
    slope = problem.slope(codes) if slope is None else slope.clone()
    codes = codes.clone()
    for begin in range(0, len(codes), _BLOCK):
        block = slice(begin, min(begin + _BLOCK, len(codes)))
        with one_thread():
            change = _block(problem, codes, slope[block], block, noise)
        slope[block.stop :].addmm_(problem.hessian[block.stop :, block], change)
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
    before, changes, pulls = codes[block].clone(), change.T, inner.unbind()
    lows, highs = problem.low[block].unbind(), problem.high[block].unbind()
    columns = zip(codes[block].unbind(), before.unbind(), strict=True)
    values = zip(slope.unbind(), moves.unbind(), steps.unbind(), change.unbind(), strict=True)
    for i, ((code, here), (push, move, step, out)) in enumerate(zip(columns, values, strict=True)):
        pushed = torch.addmv(push, changes[:, :i], pulls[i][:i])
        wanted = torch.addcmul(here, pushed, move)
        new = wanted.round_() if noise is None else noise.choose(wanted, costs[i])
        torch.clamp(new, lows[i], highs[i], out=code)
        torch.mul(torch.sub(code, here, out=new), step, out=out)
    return change
