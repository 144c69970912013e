"""Random choices, and the best of many."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.problem import Subset
from qml.algorithms.selection.quotas import disjoint, ordered_choice

_DRAWS = 4096
"""Random subsets that are scored at once."""


def random_subsets(problem: Subset, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Draw subsets in random order of places; those that break overlapping quotas are left out.

    Returns:
        Shape (m, k), m at most `count`.
    """
    if problem.quotas and disjoint(problem.quotas):
        return ordered_choice(rng.random((count, problem.size)), problem.k, problem.quotas)
    drawn = _uniform(problem, count, rng)
    kept = np.ones(len(drawn), dtype=bool)
    for quota in problem.quotas:
        ones = np.isin(drawn, quota.members).sum(axis=1)
        kept &= (quota.low <= ones) & (ones <= quota.high)
    return drawn[kept]


def _uniform(problem: Subset, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Draw subsets uniformly: places with repetition, kept where none repeats, while that pays."""
    size, k = problem.size, problem.k
    if k * (k - 1) > 2 * size:  # fewer than one draw in e would be kept
        return np.argpartition(rng.random((count, size)), k - 1, axis=1)[:, :k]
    kept = np.zeros((0, k), dtype=np.intp)
    while len(kept) < count:
        drawn = np.sort(rng.integers(0, size, (2 * (count - len(kept)) + 8, k)), axis=1)
        kept = np.vstack([kept, drawn[(np.diff(drawn, axis=1) > 0).all(axis=1)]])
    return kept[:count]


def best_of_random(
    problem: Subset, count: int, rng: np.random.Generator
) -> tuple[tuple[int, ...], float | None, int]:
    """Draw subsets and keep the best.

    Returns:
        The best (empty where none kept the quotas), the mean of f, and how many were scored.
    """
    best: tuple[int, ...] = ()
    highest, total, scored = -np.inf, 0.0, 0
    for size in _portions(count):
        drawn = random_subsets(problem, size, rng)
        if not len(drawn):
            continue
        values = problem.values(drawn)
        place = int(np.argmax(values))
        total, scored = total + float(values.sum()), scored + len(values)
        if values[place] > highest:
            highest, best = float(values[place]), tuple(sorted(int(i) for i in drawn[place]))
    return best, (total / scored if scored else None), scored


def _portions(count: int) -> Iterable[int]:
    yield from (min(_DRAWS, count - done) for done in range(0, count, _DRAWS))
