"""Constraints as costs, for machines that know none."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qml.errors import PlanError
from qml.problems.arrays import Arrays
from qml.problems.feasible import rows

TOLERANCE = 1e-9
"""Sums that are closer than this are equal."""


def penalised(problem: Arrays, weight: float | None = None) -> Arrays:
    """Return the problem without constraints, their violations added to its objective.

    An equality a.x = b costs weight (a.x - b)^2. A whole number that may be b or b + 1 costs
    weight (a.x - b)(a.x - b - 1), which is zero at both. Anything wider would need slack variables.

    Args:
        problem: Objective and constraints.
        weight: Cost of one unit of violation; above any gain of one flip where None.

    Raises:
        PlanError: A constraint leaves more than two values.
    """
    linear, couplings, offset = problem.linear.copy(), problem.couplings.copy(), problem.offset
    cost = largest_gain(problem) if weight is None else weight
    for a, low, high in zip(*rows(problem), strict=True):
        b, c = _two_values(a, low, high)
        square = np.outer(a, a)
        linear += cost * (np.diag(square) - (b + c) * a)
        couplings += 2 * cost * (square - np.diag(np.diag(square)))
        offset += cost * b * c
    return replace(problem, linear=linear, couplings=couplings, offset=offset, groups=(), limits=())


def largest_gain(problem: Arrays) -> float:
    """Return the largest change of the objective by one flip."""
    most = np.abs(problem.linear) + np.abs(problem.couplings).sum(axis=1)
    return float(most.max(initial=0)) or 1.0


def _two_values(weights: NDArray[np.float64], low: float, high: float) -> tuple[float, float]:
    whole = bool(np.all(weights == np.round(weights)))
    wide = high - low
    if wide > TOLERANCE and not (whole and wide <= 1 + TOLERANCE):
        raise PlanError(
            f"a constraint from {low:g} to {high:g} cannot be a penalty without slack variables",
            hint="use a solver that keeps constraints: annealing, tabu, exact",
        )
    return low, high
