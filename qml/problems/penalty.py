"""Constraints as costs, for machines that know none."""

from dataclasses import replace
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from qml.errors import PlanError
from qml.problems.arrays import Arrays
from qml.problems.feasible import rows

TOLERANCE = 1e-9
"""Sums that are closer than this are equal."""

MARGIN = 1.25
"""A unit of violation costs this much more than the largest change of the objective by one flip."""

_FINEST = 1000
"""Weights are read as fractions with denominators up to this."""

Row = tuple[NDArray[np.float64], float, float]


def penalised(problem: Arrays, weight: float | None = None) -> Arrays:
    """Return the problem without constraints, their violations added to its objective.

    An equality a.x = b costs weight (a.x - b)^2. A whole number that may be b or b + 1 costs
    weight (a.x - b)(a.x - b - 1), which is zero at both. Anything wider needs slack variables,
    `slack.with_slack`. Fractional weights are scaled to whole ones first, so that the smallest
    violation is one unit.

    Args:
        problem: Objective and constraints.
        weight: Cost of one unit of violation; above the largest change of the objective by one
            flip where None, so that no single flip pays for a violation. Several together may.

    Raises:
        PlanError: A constraint leaves more than two values.
    """
    linear, couplings, offset = problem.linear.copy(), problem.couplings.copy(), problem.offset
    cost = largest_gain(problem) if weight is None else weight
    for row in zip(*rows(problem), strict=True):
        a, b, c = _two_values(*whole_row(*row))
        square = np.outer(a, a)
        linear += cost * (np.diag(square) - (b + c) * a)
        couplings += 2 * cost * (square - np.diag(np.diag(square)))
        offset += cost * b * c
    return replace(problem, linear=linear, couplings=couplings, offset=offset, groups=(), limits=())


def largest_gain(problem: Arrays) -> float:
    """Return more than the largest change of the objective by one flip."""
    most = np.abs(problem.linear) + np.abs(problem.couplings).sum(axis=1)
    return MARGIN * (float(most.max(initial=0)) or 1.0)


def whole_row(weights: NDArray[np.float64], low: float, high: float) -> Row:
    """Scale a constraint so that its weights are whole numbers, where they are fractions.

    Bounds between two whole numbers move to the next one that can be reached.
    """
    parts = [Fraction(float(w)).limit_denominator(_FINEST) for w in weights]
    if any(abs(float(p) - w) > TOLERANCE for p, w in zip(parts, weights, strict=True)):
        return weights, low, high
    scale = lcm(*(p.denominator for p in parts))
    lower, upper = np.ceil(scale * low - TOLERANCE), np.floor(scale * high + TOLERANCE)
    return np.round(scale * weights), float(lower), float(upper)


def violations(problem: Arrays, samples: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return by how much assignments break the constraints, as `penalised` counts it.

    Args:
        problem: Constraints.
        samples: Shape (m, n).

    Returns:
        Units of violation, shape (m,); 0 where all constraints hold.
    """
    found = np.zeros(len(samples))
    for row in zip(*rows(problem), strict=True):
        weights, low, high = whole_row(*row)
        found += excess(samples @ weights, low, high)
    return found


def excess(value: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Return (v - low)(v - high) where v is outside, else 0; a side without limit is left out."""
    broken = np.maximum(low - value, 0) + np.maximum(value - high, 0)
    width = high - low if np.isfinite(low) and np.isfinite(high) else 0.0
    return np.asarray(broken * (broken + width))


def _two_values(weights: NDArray[np.float64], low: float, high: float) -> Row:
    whole = bool(np.all(weights == np.round(weights)))
    wide = high - low
    if wide > TOLERANCE and not (whole and wide <= 1 + TOLERANCE):
        raise PlanError(
            f"a constraint from {low:g} to {high:g} cannot be a penalty without slack variables",
            hint="use a solver that keeps constraints: annealing, tabu, exact",
        )
    return weights, low, high
