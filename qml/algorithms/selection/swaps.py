"""Exchanges of one chosen place for one other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.problem import Subset

TOLERANCE = 1e-12
"""Gains smaller than this are rounding errors."""


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
