"""Branch and bound over partial assignments, many of them at a time.

A block holds partial assignments of the same first variables. It is extended by the next variable,
both ways; what cannot keep a constraint or cannot beat the best known objective is dropped. The
lower bound of a partial assignment lets every free variable take its best value against the fixed
ones and half of its best couplings among the free ones (each coupling is shared by two).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.base import Proposals, Task
from qml.problems import Arrays
from qml.problems.feasible import rows

_WIDEST = 8192
"""Partial assignments of a block; wider ones are split, and the other half waits."""
_YIELD = 200_000
"""Partial assignments between two reports."""


def search(task: Task, incumbent: NDArray[np.int8] | None, pending: int = 0) -> Iterator[Proposals]:
    """Yield better assignments as they are found, and at the end the bound.

    Args:
        task: The problem and its budget.
        incumbent: A feasible assignment to beat, shape (n,), or None.
        pending: Evaluations that it took to find it.
    """
    tree, best = _Tree(task.problem), np.inf
    where = np.zeros((0, task.problem.size), dtype=np.int8)
    if incumbent is not None:
        where, best = incumbent[None], float(task.problem.objectives(incumbent[None])[0])
    stack = [tree.root()]
    while stack:
        block = stack.pop()
        if task.left.evaluations(pending + 2 * len(block)) < pending + 2 * len(block):
            yield Proposals(where, pending)
            return
        pending += 2 * len(block)
        block = tree.extend(block, best)
        if block.shape[1] < task.problem.size:
            stack += [part for part in _split(block) if len(part)]
        elif len(block):
            found = tree.original(block)
            values = task.problem.objectives(found)
            if values.min() < best:
                best, where = float(values.min()), found[[int(np.argmin(values))]]
        if pending >= _YIELD and stack:
            yield Proposals(where, pending)
            pending = 0
    yield Proposals(where, max(1, pending), bound=best)


def _split(block: NDArray[np.int8]) -> list[NDArray[np.int8]]:
    if len(block) <= _WIDEST:
        return [block]
    return [block[begin : begin + _WIDEST] for begin in range(0, len(block), _WIDEST)]


class _Tree:
    """The problem with its variables in the order in which they are fixed."""

    def __init__(self, problem: Arrays) -> None:
        weight = np.abs(problem.couplings).sum(axis=1) + np.abs(problem.linear)
        self._order = _by_groups(problem, weight)
        self._linear = problem.linear[self._order]
        self._couplings = problem.couplings[np.ix_(self._order, self._order)]
        self._offset = problem.offset
        weights, self._low, self._high = rows(problem)
        self._weights = weights[:, self._order]
        self._slack = 1e-9 * (1 + np.abs(weights).sum(axis=1))

    def root(self) -> NDArray[np.int8]:
        """Return the block in which nothing is fixed."""
        return np.zeros((1, 0), dtype=np.int8)

    def original(self, block: NDArray[np.int8]) -> NDArray[np.int8]:
        """Put whole assignments into the order of the problem."""
        found = np.empty_like(block)
        found[:, self._order] = block
        return found

    def extend(self, block: NDArray[np.int8], best: float) -> NDArray[np.int8]:
        """Fix the next variable both ways, and drop what is hopeless."""
        depth = block.shape[1] + 1
        wide = np.repeat(block, 2, axis=0)
        new = np.tile(np.array([0, 1], dtype=np.int8), len(block))
        wide = np.column_stack([wide, new])
        wide = wide[self._possible(wide, depth)]
        if depth < len(self._order) and np.isfinite(best) and len(wide):
            wide = wide[self._bounds(wide, depth) < best - 1e-12 * (1 + abs(best))]
        return wide

    def _possible(self, x: NDArray[np.int8], depth: int) -> NDArray[np.bool_]:
        sums = x @ self._weights[:, :depth].T
        free = self._weights[:, depth:]
        most, least = np.maximum(free, 0).sum(axis=1), np.minimum(free, 0).sum(axis=1)
        reachable = (sums + least <= self._high + self._slack) & (
            sums + most >= self._low - self._slack
        )
        return np.asarray(reachable.all(axis=1))

    def _bounds(self, x: NDArray[np.int8], depth: int) -> NDArray[np.float64]:
        x = x.astype(np.float64)
        fixed = np.einsum("mi,mi->m", x @ self._couplings[:depth, :depth], x) / 2
        fixed += x @ self._linear[:depth] + self._offset
        free = self._couplings[depth:, depth:]
        share = np.minimum(free, 0).sum(axis=1) / 2 + self._linear[depth:]
        gains = x @ self._couplings[:depth, depth:] + share
        return np.asarray(fixed + np.minimum(gains, 0).sum(axis=1))


def _by_groups(problem: Arrays, weight: NDArray[np.float64]) -> NDArray[np.intp]:
    """Fix groups one after the other, the heaviest variables first."""
    group = np.full(problem.size, len(problem.groups))
    for g, found in reversed(list(enumerate(problem.groups))):
        group[list(found.members)] = g
    return np.lexsort((-weight, group))
