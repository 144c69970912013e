"""Greedy: the step of the most gain per bit, as long as one fits; then exchanges of two units.

From the smallest allocation this walks along the lower convex hull of every unit (Dantzig's rule
for the knapsack of multiple choice); where the next step does not fit, the best that does is taken.
"""

import numpy as np
from numpy.typing import NDArray

from qml.compression.bits.allocation.problem import Choice, Problem

_EQUAL = 1e-15
"""Gains below this are rounding (nats)."""
_TINY = 1e-300


def greedy(problem: Problem) -> Choice:
    """Return the greedy allocation; the smallest one must fit."""
    return exchange(problem, climb(problem, problem.smallest()))


def repair(problem: Problem, choice: Choice) -> Choice:
    """Return the nearest allocation that fits and has no step left that would help."""
    return exchange(problem, climb(problem, shed(problem, choice)))


def price(problem: Problem, choice: Choice) -> float:
    """Return the most gain per bit of any step that an allocation leaves, 0 where none helps."""
    extra, gains = _extra(problem, choice), -problem.changes(choice)
    ahead = (extra > 0) & (gains > _EQUAL)
    return float(np.where(ahead, gains / np.where(ahead, extra, 1.0), 0.0).max())


def climb(problem: Problem, choice: Choice) -> Choice:
    """Take the step of the most gain per bit until none fits."""
    choice, left = choice.copy(), problem.budget - problem.size(choice)
    while True:
        extra = _extra(problem, choice)
        gains = -problem.changes(choice)
        allowed = (extra <= left) & (gains > _EQUAL)
        if not allowed.any():
            return choice
        unit, form = _best(gains, extra, allowed)
        left -= extra[unit, form]
        choice[unit] = form


def shed(problem: Problem, choice: Choice) -> Choice:
    """Give up the bits that are missed least until the allocation fits."""
    choice = choice.copy()
    while problem.size(choice) > problem.budget:
        saved = -_extra(problem, choice)
        losses = np.where(saved > 0, problem.changes(choice), np.inf)
        ratios = np.where(losses > 0, losses / np.maximum(saved, _TINY), losses)
        unit, form = np.unravel_index(int(np.argmin(ratios)), ratios.shape)
        choice[unit] = form
    return choice


def _extra(problem: Problem, choice: Choice) -> NDArray[np.float64]:
    return np.asarray(problem.sizes - problem.sizes[np.arange(len(choice)), choice][:, None])


def _best(
    gains: NDArray[np.float64], extra: NDArray[np.float64], allowed: NDArray[np.bool_]
) -> tuple[int, int]:
    """Return unit and format of the most gain per bit; what costs no bits comes first."""
    free = allowed & (extra <= 0)
    if free.any():
        keys = np.where(free, gains, -np.inf)
    else:
        keys = np.where(allowed, gains / np.maximum(extra, _TINY), -np.inf)
    unit, form = np.unravel_index(int(np.argmax(keys)), keys.shape)
    return int(unit), int(form)


def exchange(problem: Problem, choice: Choice) -> Choice:
    """Move two units at once, as long as that helps and fits.

    For each number of bits that a move takes or frees only the best move is looked at, so that two
    moves are found in the time of a table of sizes.
    """
    while True:
        found = _swap(problem, choice)
        if found is None:
            return choice
        choice = climb(problem, found)


def _swap(problem: Problem, choice: Choice) -> Choice | None:
    """Return the allocation after the best pair of moves, or None where no pair helps."""
    places, sizes, changes = _best_moves(problem, choice)
    left = problem.budget - problem.size(choice)
    units = places // problem.costs.shape[1]
    both = changes[:, None] + changes[None, :]
    allowed = (sizes[:, None] + sizes[None, :] <= left) & (units[:, None] != units[None, :])
    both = np.where(allowed, both, np.inf)
    one, other = np.unravel_index(int(np.argmin(both)), both.shape)
    if both[one, other] >= -_EQUAL:
        return None
    found = choice.copy()
    for place in (places[one], places[other]):
        found[place // problem.costs.shape[1]] = place % problem.costs.shape[1]
    return found if problem.objective(found) < problem.objective(choice) - _EQUAL else None


def _best_moves(
    problem: Problem, choice: Choice
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the best move of every number of bits: places in the table, bits, changes."""
    extra, changes = _extra(problem, choice).ravel(), problem.changes(choice).ravel()
    moves = np.flatnonzero(np.isfinite(changes) & (extra != 0))
    moves = moves[np.lexsort((changes[moves], extra[moves]))]
    sizes, first = np.unique(extra[moves], return_index=True)
    return moves[first], sizes, changes[moves[first]]
