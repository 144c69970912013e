"""A small piece of the problem, for solvers that hold few bits: the units that are least decided.

Greedy decides all units. A unit is undecided where its next step up, or its last step down, has
nearly the gain per bit at which greedy stopped; each of the few nearest gets one bit, step or not,
and all others stay as they are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.compression.bits.allocation.greedy import price
from qml.compression.bits.allocation.problem import Choice, Problem
from qml.problems import Arrays
from qml.problems.structure import Limit


class Reduced(NamedTuple):
    """One bit for each undecided unit.

    Attributes:
        arrays: Change of the objective under the bits that are left, times `scale`.
        units: The undecided units, shape (n,).
        formats: Where each would go, shape (n,).
        start: The allocation with all bits off.
        scale: What the objective was multiplied by.
    """

    arrays: Arrays
    units: NDArray[np.int64]
    formats: NDArray[np.int64]
    start: Choice
    scale: float

    def choice(self, x: NDArray[np.int8]) -> Choice:
        """Return the whole allocation of an assignment."""
        found = self.start.copy()
        found[self.units[x > 0]] = self.formats[x > 0]
        return found


def reduce(problem: Problem, choice: Choice, most: int) -> Reduced | None:
    """Write the most undecided units as a problem of at most so many bits; None where none is.

    Args:
        problem: An additive problem.
        choice: What greedy decided.
        most: Largest number of bits.
    """
    nearness, formats = _alternatives(problem, choice)
    units = np.argsort(nearness, kind="stable")[:most]
    units = np.sort(units[np.isfinite(nearness[units])])
    if not len(units):
        return None
    formats = formats[units]
    changes = problem.changes(choice)[units, formats]
    sizes = problem.sizes[units, formats] - problem.sizes[units, choice[units]]
    scale, unit = 1.0 / (float(np.abs(changes).max()) or 1.0), problem.unit()
    left = (problem.budget - problem.size(choice)) / unit
    limit = Limit("budget", sizes / unit, -np.inf, np.floor(left) if unit != 1.0 else left)
    arrays = Arrays(
        names=tuple(range(len(units))),
        linear=changes * scale,
        couplings=np.zeros((len(units), len(units))),
        offset=0.0,
        limits=(limit,),
    )
    return Reduced(arrays, units, formats, choice, scale)


def _alternatives(
    problem: Problem, choice: Choice
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return how near each unit is to another format, and which: |ln(gain per bit / price)|."""
    rows = np.arange(len(choice))
    extra = problem.sizes - problem.sizes[rows, choice][:, None]
    changes = problem.changes(choice)
    against = np.sign(extra) * np.sign(changes) < 0  # more bits and less harm, or the reverse
    real = np.isfinite(changes) & against
    rate = np.where(real, -changes / np.where(real, extra, 1.0), 1.0)
    level = price(problem, choice)
    if level <= 0:
        return np.full(len(choice), np.inf), choice
    nearness = np.where(real, np.abs(np.log(rate / level)), np.inf)
    formats = np.argmin(nearness, axis=1)
    return nearness[rows, formats], formats
