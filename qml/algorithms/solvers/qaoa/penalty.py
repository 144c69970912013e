"""Constraints as costs of every assignment, for the mixer that does not keep them."""

import numpy as np
from numpy.typing import NDArray

from qml.engine.diagonal import quadratic_costs
from qml.problems import Arrays
from qml.problems.feasible import rows
from qml.problems.penalty import largest_gain


def penalties(problem: Arrays, weight: float | None) -> NDArray[np.float64]:
    """Return what broken constraints cost, (2**n,).

    A sum v that should be between b and c costs weight (v - b)(v - c) outside, which is what
    `qml.problems.penalty` adds to a circuit where b and c are neighbours or equal; the diagonal of
    the engine takes any.
    """
    found = np.zeros(1 << problem.size)
    none = np.zeros_like(problem.couplings)
    for weights, low, high in zip(*rows(problem), strict=True):
        value = quadratic_costs(weights, none)
        found += excess(value, low, high)
    return (largest_gain(problem) if weight is None else weight) * found


def excess(
    value: NDArray[np.float64],
    low: NDArray[np.float64] | float,
    high: NDArray[np.float64] | float,
) -> NDArray[np.float64]:
    """Return (v - low)(v - high) where it is positive; a side without limit is left out."""
    below, above = np.maximum(low - value, 0), np.maximum(value - high, 0)
    width = np.where(np.isfinite(low) & np.isfinite(high), np.subtract(high, low), 0)
    broken = below + above
    return np.asarray(broken * (broken + width))
