"""The classical ways to choose a subset: each keeps the quotas, none needs a solver.

MMR: Carbonell and Goldstein, SIGIR 1998. DPP: greedy determinant maximisation, Chen, Zhang and
Zhou, NeurIPS 2018.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.problem import Subset
from qml.algorithms.selection.quotas import best_linear, completable, disjoint, ordered_choice

TOLERANCE = 1e-12
"""Gains smaller than this are rounding errors."""
_DRAWS = 4096
"""Random subsets that are scored at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What one way of choosing found.

    Attributes:
        name: Which way.
        objective: f of its choice, or None where it found none that keeps the quotas.
        chosen: Its places, ascending; empty where there is none.
        evaluations: Subsets whose objective became known.
        seconds: Wall time.
        mean: Mean objective of all it looked at, where that tells something (random), or None.
        proven: Whether its choice is known to be optimal.
    """

    name: str
    objective: float | None
    chosen: tuple[int, ...]
    evaluations: int
    seconds: float
    mean: float | None = None
    proven: bool = False


def top_k(problem: Subset) -> tuple[int, ...]:
    """Choose those of the highest quality."""
    found = best_linear(problem.quality, problem.k, problem.quotas)
    if found is None:
        raise RuntimeError("quotas that were checked cannot hold")
    return found


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


def swapped(problem: Subset, start: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """Exchange one chosen for one other, the best exchange first, until none helps.

    Returns:
        The choice, and how many exchanges were evaluated.
    """
    chosen, used = sorted(start), 0
    while True:
        costs = swap_costs(problem, chosen)
        used += int(np.isfinite(costs).sum())
        out, into = divmod(int(np.argmin(costs)), problem.size)
        if not costs[out, into] < -TOLERANCE:
            return tuple(chosen), used
        chosen = sorted([*chosen[:out], *chosen[out + 1 :], into])


def swap_costs(
    problem: Subset, chosen: Sequence[int], *, quotas: bool = True
) -> NDArray[np.float64]:
    """Return what f loses when a chosen place is exchanged for another one.

    Args:
        problem: The problem.
        chosen: A subset that keeps the quotas.
        quotas: Whether exchanges that break a quota count as impossible.

    Returns:
        Shape (k, n): row a is the exchange of `chosen[a]`; inf where it is not possible.
    """
    places = list(chosen)
    ties = problem.pairs[:, places].sum(axis=1)
    value = problem.worth + ties
    costs = value[places][:, None] - (value[None] - problem.pairs[places])
    costs[:, places] = np.inf
    if quotas:
        for quota in problem.quotas:
            inside = np.zeros(problem.size, dtype=int)
            inside[list(quota.members)] = 1
            counts = inside[places].sum() - inside[places][:, None] + inside[None]
            costs[(counts < quota.low) | (counts > quota.high)] = np.inf
    return np.asarray(costs)


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
