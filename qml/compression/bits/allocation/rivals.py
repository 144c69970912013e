"""Allocations that no solver searched for: what a choice has to beat."""

import numpy as np
from numpy.typing import NDArray

from qml.compression.bits.allocation.problem import Choice, Problem


def uniform(problem: Problem) -> Choice | None:
    """Return all units in the largest format that fits everywhere; None where none does."""
    everywhere = np.isfinite(problem.costs).all(axis=0)
    totals = np.where(everywhere, problem.sizes.sum(axis=0), np.inf)
    within = totals <= problem.budget
    if not within.any():
        return None
    best = int(np.argmax(np.where(within, totals, -np.inf)))
    return np.full(len(problem.costs), best, dtype=np.int64)


def permuted(problem: Problem, choice: Choice, seed: int) -> Choice:
    """Return the same formats dealt anew among units of equal sizes, so that the size is equal.

    Args:
        problem: Sizes.
        choice: What was chosen.
        seed: Of the permutation.
    """
    rng, found = np.random.default_rng(seed), choice.copy()
    for members in _alike(problem):
        found[members] = choice[rng.permutation(members)]
    return found


def _alike(problem: Problem) -> list[NDArray[np.int64]]:
    """Return the units that have the same formats of the same sizes."""
    rows = np.where(np.isfinite(problem.costs), problem.sizes, -1.0)
    _, label = np.unique(rows, axis=0, return_inverse=True)
    return [np.flatnonzero(label.ravel() == kind) for kind in range(label.max() + 1)]


def grouped(problem: Problem, groups: NDArray[np.int64], costs: NDArray[np.float64]) -> Problem:
    """Return the problem in which all units of a group share a format.

    Args:
        problem: Sizes and budget of the units.
        groups: Group of each unit, 0, 1, ..., shape (units,).
        costs: Of a whole group in one format, shape (groups, formats) (nats).
    """
    sizes = np.zeros(costs.shape)
    np.add.at(sizes, groups, problem.sizes)
    fits = np.ones(costs.shape, dtype=bool)
    np.logical_and.at(fits, groups, np.isfinite(problem.costs))
    return Problem(costs=np.where(fits, costs, np.inf), sizes=sizes, budget=problem.budget)
