"""The classical ways to choose a subset: each keeps the quotas, none needs a solver.

MMR: Carbonell and Goldstein, SIGIR 1998. DPP: greedy determinant maximisation, Chen, Zhang and
Zhou, NeurIPS 2018.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.problem import Subset
from qml.algorithms.selection.quotas import completable
from qml.algorithms.selection.rules import best
from qml.algorithms.selection.swaps import TOLERANCE


def top_k(problem: Subset) -> tuple[int, ...]:
    """Choose those of the highest quality."""
    return tuple(sorted(best(problem.quality, problem.k, problem.quotas)))


def mmr(problem: Subset) -> tuple[int, ...]:
    """Add whatever has the best trade-off of quality and distance to the nearest chosen."""
    nearest = np.zeros(problem.size)

    def gains(chosen: list[int]) -> NDArray[np.float64]:
        if chosen:
            nearest[:] = problem.similarity[:, chosen].max(axis=1)
        return np.asarray(problem.weight * problem.quality - (1 - problem.weight) * nearest)

    return _one_by_one(problem, gains)


def dpp(problem: Subset) -> tuple[int, ...]:
    """Add whatever enlarges the determinant of diag(e^q) similarity diag(e^q) most."""
    scale = np.exp(problem.weight * problem.quality)
    kernel = scale[:, None] * problem.similarity * scale
    left = np.diag(kernel).copy()
    vectors = np.zeros((0, problem.size))

    def gains(chosen: list[int]) -> NDArray[np.float64]:
        nonlocal vectors
        if chosen:
            last = chosen[-1]
            row = kernel[last] - vectors[:, last] @ vectors
            row = row / np.sqrt(max(left[last], TOLERANCE))
            vectors = np.vstack([vectors, row])
            left[:] = left - row**2
        return np.where(np.isin(np.arange(problem.size), chosen), -np.inf, left)

    return _one_by_one(problem, gains)


def greedy(problem: Subset) -> tuple[int, ...]:
    """Add whatever raises f most."""

    def gains(chosen: list[int]) -> NDArray[np.float64]:
        return np.asarray(problem.worth + problem.pairs[:, chosen].sum(axis=1))

    return _one_by_one(problem, gains)


def _one_by_one(
    problem: Subset, gains: Callable[[list[int]], NDArray[np.float64]]
) -> tuple[int, ...]:
    """Add the place of the largest gain after which the quotas can still be kept."""
    chosen: list[int] = []
    while len(chosen) < problem.k:
        order = np.argsort(-gains(chosen), kind="stable")
        free = (int(place) for place in order if place not in chosen)
        chosen.append(next(p for p in free if _fits(problem, [*chosen, p])))
    return tuple(sorted(chosen))


def _fits(problem: Subset, chosen: list[int]) -> bool:
    if not problem.quotas:
        return True
    return completable(chosen, problem.size, problem.k, problem.quotas)
