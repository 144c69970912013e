"""Simulated annealing on codes, all rows of a layer at once.

Each weight is rounded down or up from its real-valued minimum by a heat bath. Temperatures are in
parts of what one code of an average weight of the row costs, so that one schedule fits all rows.
"""

import torch
from pydantic import Field
from torch import Tensor

from qml.compression.round.descent import Noise, descend, sweep
from qml.compression.round.effort import Effort
from qml.compression.round.problem import Problem
from qml.config.base import Section


class Options(Section):
    """Settings of `annealing`."""

    sweeps: int = Field(16, ge=1, description="Visits of every weight (sweeps).")
    hot: float = Field(0.05, gt=0, description="First temperature, in parts of a code's cost.")
    cold: float = Field(0.001, gt=0, description="Last temperature, in parts of a code's cost.")


def anneal(
    problem: Problem, codes: Tensor, options: Options, *, seed: int, effort: Effort
) -> Tensor:
    """Return codes; no row's objective is above that of the codes it began with.

    Args:
        problem: What is rounded.
        codes: Where to begin, shape (columns, rows), float32.
        options: Schedule.
        seed: Feeds the heat bath.
        effort: Is asked before each sweep.
    """
    generator = torch.Generator().manual_seed(seed)
    unit = (problem.hessian.diagonal()[:, None] * problem.step.square()).mean(0)
    best, lowest = codes, problem.objectives(codes)
    ratio = (options.cold / options.hot) ** (1 / max(1, options.sweeps - 1))
    for number in range(options.sweeps):
        if effort.over():
            break
        temperature = unit * options.hot * ratio**number
        codes = sweep(problem, codes, Noise(temperature, generator))
        effort.spend(problem.size)
        best, lowest = better_of(problem, codes, best, lowest)
    return settled(problem, codes, best, lowest, effort)


def settled(
    problem: Problem, codes: Tensor, best: Tensor, lowest: Tensor, effort: Effort
) -> Tensor:
    """Return the better of the best codes and of those that descent reaches from the last ones."""
    if effort.over():
        return best
    for found in descend(problem, codes):
        codes = found
        effort.spend(problem.size)
        if effort.over():
            break
    return better_of(problem, codes, best, lowest)[0]


def better_of(
    problem: Problem, codes: Tensor, best: Tensor, lowest: Tensor
) -> tuple[Tensor, Tensor]:
    """Return for each row the codes of lower objective, and that objective."""
    objectives = problem.objectives(codes)
    better = objectives < lowest
    return torch.where(better, codes, best), torch.where(better, objectives, lowest)
