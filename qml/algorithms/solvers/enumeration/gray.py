"""All assignments of an unconstrained problem, by Gray code over blocks.

The first variables make a block whose objectives are a vector. Flipping one of the others changes
that vector by another one, computed once; Gray code visits all of them by single flips. So an
assignment costs one addition and one comparison.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.base import Proposals, Task
from qml.problems import Arrays

_BLOCK = 14
"""Variables of a block: 2^14 numbers fit the cache of a core."""
_FRESH = 1024
"""Flips after which the objectives are computed anew, so that rounding does not pile up."""


def enumerate_all(task: Task) -> Iterator[Proposals]:
    """Yield the best of the blocks so far, and at the end the bound."""
    problem = task.problem
    most = task.left.evaluations(2 ** min(_BLOCK, problem.size))
    low = max(0, most.bit_length() - 1)
    table, high = _Table(problem, low), problem.size - low
    best, where, pending = np.inf, np.zeros(problem.size, dtype=np.int8), 0
    outer = np.zeros(high, dtype=np.int8)
    for step in range(2**high):
        if task.left.evaluations(pending + 2**low) < pending + 2**low:
            if pending:
                yield Proposals(where[None], pending)
            return
        if step:
            _flip(outer, step, table)
        if step % _FRESH == 0:
            table.refresh(outer)
        pending += 2**low
        i = int(np.argmin(table.objectives))
        if table.objectives[i] < best:
            best, where = float(table.objectives[i]), np.append(table.bits(i), outer)
        if step % _FRESH == _FRESH - 1 and step + 1 < 2**high:
            yield Proposals(where[None], pending)
            pending = 0
    exact = float(problem.objectives(where[None])[0])
    yield Proposals(where[None], pending, bound=min(best, exact))


def _flip(outer: NDArray[np.int8], step: int, table: "_Table") -> None:
    """Go on to the next assignment of the outer variables in Gray code."""
    q = (step & -step).bit_length() - 1
    outer[q] ^= 1
    table.flip(q, outer)


class _Table:
    """Objectives of all assignments of the block, for one assignment of the others."""

    def __init__(self, problem: Arrays, low: int) -> None:
        self._problem, self._low = problem, low
        self._x = ((np.arange(2**low)[:, None] >> np.arange(low)) & 1).astype(np.float64)
        inner, across = problem.couplings[:low, :low], problem.couplings[:low, low:]
        self._alone = np.einsum("mi,mi->m", self._x @ inner, self._x) / 2
        self._alone += self._x @ problem.linear[:low] + problem.offset
        self._effects = np.ascontiguousarray((self._x @ across).T)
        self._linear, self._outer = problem.linear[low:], problem.couplings[low:, low:]
        self.objectives = self._alone.copy()

    def bits(self, i: int) -> NDArray[np.int8]:
        """Return an assignment of the block."""
        return np.asarray(self._x[i], dtype=np.int8)

    def flip(self, q: int, outer: NDArray[np.int8]) -> None:
        """Follow a flip of outer variable q, already made in `outer`."""
        constant = self._linear[q] + float(self._outer[q] @ outer)
        if outer[q]:
            self.objectives += self._effects[q]
            self.objectives += constant
        else:
            self.objectives -= self._effects[q]
            self.objectives -= constant

    def refresh(self, outer: NDArray[np.int8]) -> None:
        """Compute all objectives anew."""
        constant = float(outer @ self._linear + outer @ self._outer @ outer / 2)
        self.objectives = self._alone + outer.astype(np.float64) @ self._effects + constant
