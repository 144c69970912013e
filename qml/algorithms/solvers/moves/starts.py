"""Feasible assignments to start from, as different as their groups allow."""

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.moves.chains import Chains
from qml.algorithms.solvers.moves.laminar import laminar
from qml.problems import Arrays
from qml.problems.feasible import find_feasible

_EXTREMES = 4
"""Linear programs solved in all; later starts walk away from what they found."""


class Starts:
    """Draws assignments that keep all groups which moves keep.

    Disjoint groups get a random number of ones at random places. Where groups overlap, extreme
    points of random linear objectives walk for a while, every allowed move being as good as any.

    Args:
        problem: The problem.
        rng: Source of randomness.
    """

    def __init__(self, problem: Arrays, rng: np.random.Generator) -> None:
        self._problem, self._rng = problem, rng
        used = [i for group in problem.groups for i in group.members]
        self._apart = len(used) == len(set(used))
        self._extremes: list[NDArray[np.int8]] = []

    def draw(self, count: int) -> NDArray[np.int8]:
        """Return assignments, shape (count, n).

        Raises:
            DataError: There is none.
        """
        return self._disjoint(count) if self._apart else self._walked(count)

    def _disjoint(self, count: int) -> NDArray[np.int8]:
        rng = self._rng
        found = rng.integers(0, 2, (count, self._problem.size)).astype(np.int8)
        for group in self._problem.groups:
            ones = rng.integers(group.low, group.high + 1, (count, 1))
            ranks = rng.random((count, len(group.members))).argsort(axis=1).argsort(axis=1)
            found[:, list(group.members)] = ranks < ones
        return found

    def _walked(self, count: int) -> NDArray[np.int8]:
        while len(self._extremes) < min(_EXTREMES, count + 1):
            self._extremes.append(find_feasible(self._problem, self._rng))
        picks = self._rng.integers(0, len(self._extremes), count)
        found = np.stack(self._extremes)[picks]
        chains = Chains(laminar(self._problem), found, self._rng)
        chains.scatter(2 * max(1, int(found.sum(axis=1).max())))
        return chains.samples
