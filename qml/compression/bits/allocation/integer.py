"""The proven optimum: one bit for each unit and format, by branch and cut (HiGHS)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.compression.bits.allocation.problem import Choice, Problem
from qml.problems import Arrays, Group
from qml.problems.structure import Limit


class OneHot(NamedTuple):
    """The problem in bits.

    Attributes:
        arrays: Objective, a group for each unit, and the budget.
        units: Unit of each bit, shape (n,).
        formats: Format of each bit, shape (n,).
        scale: What the objective was multiplied by, so that HiGHS' tolerances are small beside it.
    """

    arrays: Arrays
    units: NDArray[np.int64]
    formats: NDArray[np.int64]
    scale: float

    def choice(self, x: NDArray[np.int8]) -> Choice:
        """Return the allocation of an assignment in which each unit has one bit on."""
        found = np.zeros(int(self.units.max()) + 1, dtype=np.int64)
        on = np.flatnonzero(x)
        found[self.units[on]] = self.formats[on]
        return found

    def bits(self, choice: Choice) -> NDArray[np.int8]:
        """Return the assignment of an allocation."""
        return np.asarray(choice[self.units] == self.formats, dtype=np.int8)


def one_hot(problem: Problem) -> OneHot:
    """Write an additive problem in bits; formats that another one beats in both are left out."""
    units, formats = np.nonzero(undominated(problem))
    costs = problem.costs[units, formats]
    scale = 1e4 / max(float(np.abs(costs).max()), 1e-300)
    unit = problem.unit()
    groups = [
        Group(f"unit {i}", tuple(int(p) for p in np.flatnonzero(units == i)), 1, 1)
        for i in range(len(problem.costs))
    ]
    most = np.floor(problem.budget / unit) if unit != 1.0 else problem.budget
    limit = Limit("budget", problem.sizes[units, formats] / unit, -np.inf, float(most))
    arrays = Arrays(
        names=tuple(range(len(units))),
        linear=costs * scale,
        couplings=np.zeros((len(units), len(units))),
        offset=0.0,
        groups=tuple(groups),
        limits=(limit,),
    )
    return OneHot(arrays, units, formats, scale)


def undominated(problem: Problem) -> NDArray[np.bool_]:
    """Tell which formats of a unit no other one beats in cost and size, shape (units, formats)."""
    real = np.isfinite(problem.costs)
    found, count = real.copy(), problem.costs.shape[1]
    for j, k in ((j, k) for j in range(count) for k in range(count) if j != k):
        both = real[:, j] & real[:, k]
        cost = np.subtract(problem.costs[:, k], problem.costs[:, j], where=both, out=_ones(both))
        size = np.subtract(problem.sizes[:, k], problem.sizes[:, j], where=both, out=_ones(both))
        strictly = (cost < 0) | (size < 0) | (k < j)
        found[:, j] &= ~((cost <= 0) & (size <= 0) & strictly)
    return found


def _ones(like: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.ones(like.shape)
