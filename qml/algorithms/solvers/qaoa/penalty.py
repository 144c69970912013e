"""Constraints as costs, for the mixer that does not keep them."""

import numpy as np
from numpy.typing import NDArray

from qml.engine.diagonal import quadratic_costs
from qml.problems import Arrays
from qml.problems.feasible import rows


def default_penalty(problem: Arrays) -> float:
    """Return the largest change of the objective by one flip: no broken unit is worth it."""
    most = np.abs(problem.linear) + np.abs(problem.couplings).sum(axis=1)
    return float(most.max(initial=0)) or 1.0


def violations(problem: Arrays) -> NDArray[np.float64]:
    """Return the sum of squared violations of every assignment, (2**n,)."""
    found = np.zeros(1 << problem.size)
    none = np.zeros_like(problem.couplings)
    for weights, low, high in zip(*rows(problem), strict=True):
        value = quadratic_costs(weights, none)
        found += np.maximum(low - value, 0) ** 2 + np.maximum(value - high, 0) ** 2
    return found
