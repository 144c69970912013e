"""Feasible assignments to start from, as different as their groups allow."""

import numpy as np
from numpy.typing import NDArray

from qml.problems import Arrays
from qml.problems.feasible import find_feasible


def starts(problem: Arrays, count: int, rng: np.random.Generator) -> NDArray[np.int8]:
    """Return assignments that keep all groups, and all limits where groups overlap.

    Disjoint groups get a random number of ones at random places. Overlapping ones get extreme
    points of random linear objectives.

    Args:
        problem: The problem.
        count: Number of assignments.
        rng: Source of randomness.

    Returns:
        Shape (count, n).

    Raises:
        DataError: There is none.
    """
    used = [i for group in problem.groups for i in group.members]
    if len(used) == len(set(used)):
        return _disjoint(problem, count, rng)
    return _extreme(problem, count, rng)


def _disjoint(problem: Arrays, count: int, rng: np.random.Generator) -> NDArray[np.int8]:
    found = rng.integers(0, 2, (count, problem.size)).astype(np.int8)
    for group in problem.groups:
        ones = rng.integers(group.low, group.high + 1, (count, 1))
        ranks = rng.random((count, len(group.members))).argsort(axis=1).argsort(axis=1)
        found[:, list(group.members)] = ranks < ones
    return found


_EXTREME = 4
"""Linear programs solved for a batch; its other rows repeat them, and moves set them apart."""


def _extreme(problem: Arrays, count: int, rng: np.random.Generator) -> NDArray[np.int8]:
    found = [find_feasible(problem, rng) for _ in range(min(count, _EXTREME))]
    return np.stack([found[i % len(found)] for i in range(count)])
