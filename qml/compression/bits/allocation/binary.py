"""The problem as a QUBO: one bit for each step along a unit's convex hull, and a penalty.

With s(x) the size above the smallest allocation, c the bits that are left for it, and w the gain
per bit at which greedy stopped, the energy is

    sum_k (change_k + w size_k) x_k + P (s(x) - c)^2 (+ pair terms):

an augmented Lagrangian, whose slope at s = c is that of the objective, so that a mild penalty holds
the budget. Gains fall along a hull, so no one-hot constraint is needed: the number of bits that are
on says how far a unit has climbed. What exceeds the budget is repaired by greedy.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.compression.bits.allocation.problem import Choice, Problem
from qml.problems import Arrays
from qml.problems.structure import Limit


class Steps(NamedTuple):
    """Steps along the hulls of all units, unit by unit, each from small to large.

    Attributes:
        units: Shape (steps,).
        before: Format that a step leaves, shape (steps,).
        after: Format that it reaches, shape (steps,).
        changes: Change of the additive objective, below 0, shape (steps,) (nats).
        sizes: Bits that it takes, above 0, shape (steps,).
    """

    units: NDArray[np.int64]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    changes: NDArray[np.float64]
    sizes: NDArray[np.float64]

    def some(self, wanted: NDArray[np.bool_]) -> "Steps":
        """Return some of the steps, shape (steps,)."""
        units, before, after = (c[wanted] for c in (self.units, self.before, self.after))
        return Steps(units, before, after, self.changes[wanted], self.sizes[wanted])


def steps(problem: Problem) -> Steps:
    """Return the steps of the additive part."""
    rows: list[tuple[int, int, int]] = []
    for unit, start in enumerate(problem.smallest()):
        here = int(start)
        while (after := _next(problem.costs[unit], problem.sizes[unit], here)) is not None:
            rows.append((unit, here, after))
            here = after
    units, before, after_ = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Steps(
        units,
        before,
        after_,
        problem.costs[units, after_] - problem.costs[units, before],
        problem.sizes[units, after_] - problem.sizes[units, before],
    )


def _next(costs: NDArray[np.float64], sizes: NDArray[np.float64], here: int) -> int | None:
    """Return the next corner of a unit's lower convex hull."""
    extra, gain = sizes - sizes[here], costs[here] - costs
    ahead = (extra > 0) & (gain > 0)
    if not ahead.any():
        return None
    slope = np.where(ahead, gain / np.where(extra > 0, extra, 1.0), -np.inf)
    best = np.flatnonzero(slope == slope.max())
    return int(best[np.argmax(sizes[best])])


class Core(NamedTuple):
    """A QUBO of the steps that are not plain.

    Attributes:
        arrays: The energy, in units of the gain per bit at the threshold.
        steps: The steps that its bits stand for.
        start: The allocation with all plain steps taken, and none of the others.
    """

    arrays: Arrays
    steps: Steps
    start: Choice

    def choice(self, x: NDArray[np.int8]) -> Choice:
        """Return the allocation of an assignment: each unit climbs as many steps as bits are on."""
        found = self.start.copy()
        for unit in np.unique(self.steps.units[x > 0]):
            mine = np.flatnonzero(self.steps.units == unit)
            found[unit] = self.steps.after[mine[int(x[mine].sum()) - 1]]
        return found


def core(problem: Problem, price: float, *, within: float, strength: float) -> Core | None:
    """Write the steps near the threshold as a QUBO; None where none is.

    Args:
        problem: The problem.
        price: Gain per bit at which greedy stopped (nats per bit).
        within: Steps whose gain per bit is more than this factor above are taken, those as far
            below are not; the others are the variables.
        strength: Penalty of one unit of bits squared, over the gain of one unit at the threshold.
    """
    every = steps(problem)
    ratio = -every.changes / every.sizes
    start = problem.smallest()
    for k in np.flatnonzero(ratio > price * within):  # along each hull in order
        start[every.units[k]] = every.after[k]
    open_ = (ratio <= price * within) & (ratio >= price / within)
    if price <= 0 or not open_.any():
        return None
    near = every.some(open_)
    unit = float(near.sizes.min())
    sizes, left = near.sizes / unit, (problem.budget - problem.size(start)) / unit
    linear = near.changes / (price * unit) + sizes
    couplings = np.zeros((len(sizes), len(sizes)))
    if problem.pairs is not None:
        more, couplings = _pair_terms(problem, near, start)
        linear, couplings = linear + more / (price * unit), couplings / (price * unit)
    linear = linear + strength * sizes * (sizes - 2 * left)
    couplings = couplings + 2 * strength * np.outer(sizes, sizes)
    np.fill_diagonal(couplings, 0.0)
    names = tuple(range(len(sizes)))
    arrays = Arrays(names=names, linear=linear, couplings=couplings, offset=strength * left**2)
    return Core(arrays, near, start)


def limited(problem: Problem) -> Core:
    """Write all steps with the budget as a constraint, for solvers that keep it."""
    every, start = steps(problem), problem.smallest()
    unit = problem.unit()
    left = (problem.budget - problem.size(start)) / unit
    limit = Limit("budget", every.sizes / unit, -np.inf, np.floor(left) if unit != 1.0 else left)
    scale = 1e4 / max(float(np.abs(every.changes).max(initial=0.0)), 1e-300)
    linear, couplings = every.changes * scale, np.zeros((len(every.units), len(every.units)))
    if problem.pairs is not None:
        more, couplings = _pair_terms(problem, every, start)
        linear, couplings = linear + more * scale, couplings * scale
    names = tuple(range(len(linear)))
    arrays = Arrays(names=names, linear=linear, couplings=couplings, offset=0.0, limits=(limit,))
    return Core(arrays, every, start)


def _pair_terms(
    problem: Problem, near: Steps, start: Choice
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what pairs add to linear terms and couplings: exact as steps add up along a hull."""
    pairs = problem.pairs
    assert pairs is not None
    reach = pairs.reach[np.arange(len(start)), start]
    more = pairs.reach[near.units, near.after] - pairs.reach[near.units, near.before]
    linear = more * (pairs.extra @ reach)[near.units]
    couplings = np.outer(more, more) * pairs.extra[np.ix_(near.units, near.units)]
    return linear, couplings
