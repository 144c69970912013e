"""Constraints as costs of every assignment, for the mixer that does not keep them."""

import numpy as np
from numpy.typing import NDArray

from qml.engine.diagonal import quadratic_costs
from qml.problems import Arrays
from qml.problems.feasible import rows
from qml.problems.penalty import excess, largest_gain, whole_row


def penalties(problem: Arrays, weight: float | None) -> NDArray[np.float64]:
    """Return what broken constraints cost, (2**n,): the weight times `penalty.violations`.

    A circuit gets the same from `penalty.penalised` where bounds are neighbours or equal; the
    diagonal of the engine takes any.
    """
    found = np.zeros(1 << problem.size)
    none = np.zeros_like(problem.couplings)
    for row in zip(*rows(problem), strict=True):
        weights, low, high = whole_row(*row)
        found += excess(quadratic_costs(weights, none), low, high)
    return (largest_gain(problem) if weight is None else weight) * found
