"""One assignment with the changes of all its moves: flips, and swaps of a one with a zero."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.moves.classes import Classes, classes_of
from qml.algorithms.solvers.moves.limits import Fence, fence_of
from qml.problems import Arrays

TOLERANCE = 1e-12
"""Changes smaller than this, in units of the problem's scale, are rounding errors."""


class Moves(NamedTuple):
    """All moves of an assignment. Row and column 0 stand for nothing: they are flips.

    Attributes:
        off: Variables that a row turns off, shape (k + 1,); the first is -1.
        on: Variables that a column turns on, shape (z + 1,); the first is -1.
        changes: Change of the objective with its penalties, shape (k + 1, z + 1); infinite where a
            move breaks a group.
    """

    off: NDArray[np.intp]
    on: NDArray[np.intp]
    changes: NDArray[np.float64]

    def best(
        self, barred: NDArray[np.bool_] | None = None, unless_below: float = -np.inf
    ) -> tuple[int, int, float]:
        """Return what to turn off, what to turn on (-1: nothing), and the change.

        Args:
            barred: Variables that may not move, shape (n,).
            unless_below: A change below this is allowed to them after all.
        """
        changes = self.changes
        if barred is not None:
            padded = np.append(barred, values=False)  # place -1 is nothing
            shut = padded[self.off][:, None] | padded[self.on][None]
            changes = np.where(shut & (changes >= unless_below), np.inf, changes)
        row, column = np.unravel_index(np.argmin(changes), changes.shape)
        return int(self.off[row]), int(self.on[column]), float(changes[row, column])


class Neighbourhood:
    """An assignment that walks by its best moves.

    Args:
        problem: The problem.
        x: Where it begins, shape (n,); it keeps all groups.
        swaps: Whether to look at swaps where flips suffice, too.
    """

    def __init__(self, problem: Arrays, x: NDArray[np.int8], *, swaps: bool = True) -> None:
        self.problem, self.x = problem, x.astype(np.int8, copy=True)
        self.classes: Classes = classes_of(problem)
        self.fence: Fence | None = fence_of(problem) if problem.limits else None
        self.strictness = 1.0
        self._swaps = swaps or problem.constrained
        self._fields = problem.linear + problem.couplings @ x
        self._counts = self.classes.counts(self.x[None])[0]
        if self.fence is not None:
            self._sums = x @ self.fence.weights
        self.scale = float(np.abs(problem.couplings).max(initial=0)) + float(
            np.abs(problem.linear).max(initial=0)
        )

    @property
    def feasible(self) -> bool:
        """Whether the limits hold."""
        return self.fence is None or float(self.fence.penalties(self._sums)) <= TOLERANCE

    def moves(self) -> Moves:
        """Return all moves."""
        ones, zeros = np.flatnonzero(self.x), np.flatnonzero(self.x == 0)
        off, on = np.append(-1, ones), np.append(-1, zeros)
        if self._swaps:
            changes = np.zeros((len(off), len(on)))
            changes[1:, 1:] = -self.problem.couplings[np.ix_(ones, zeros)]
        else:
            changes = np.full((len(off), len(on)), np.inf)
            changes[0], changes[:, 0] = 0.0, 0.0
        changes[1:] -= self._fields[ones][:, None]
        changes[:, 1:] += self._fields[zeros]
        if self.fence is not None:
            changes += self._surcharge(ones, zeros)
        if self.problem.groups:
            changes[~self._allowed(ones, zeros)] = np.inf
        changes[0, 0] = np.inf
        return Moves(off, on, changes)

    @property
    def effort(self) -> int:
        """Evaluations that `moves` takes."""
        n, k = len(self.x), int(self.x.sum())
        return max(1, (k + 1) * (n - k + 1) - 1) if self._swaps else n

    def apply(self, off: int, on: int) -> None:
        """Carry out a move."""
        for variable, step in ((off, -1), (on, 1)):
            if variable < 0:
                continue
            self.x[variable] += step
            self._fields += step * self.problem.couplings[variable]
            self._counts += step * self.classes.inside[self.classes.label[variable]]
            if self.fence is not None:
                self._sums = self._sums + step * self.fence.weights[variable]

    def _allowed(self, ones: NDArray[np.intp], zeros: NDArray[np.intp]) -> NDArray[np.bool_]:
        kinds = self.classes
        if kinds.settled:  # only swaps within a class
            table = np.zeros((len(ones) + 1, len(zeros) + 1), dtype=bool)
            table[1:, 1:] = kinds.label[ones][:, None] == kinds.label[zeros]
            return table
        after = np.vstack([self._counts, self._counts - kinds.inside])
        gains, stays = kinds.open_to(after)
        table = np.column_stack([stays, gains])  # shape (c + 1, c + 1), the first is nothing
        rows = np.append(0, 1 + kinds.label[ones])
        columns = np.append(0, 1 + kinds.label[zeros])
        return np.asarray(table[np.ix_(rows, columns)])

    def _surcharge(self, ones: NDArray[np.intp], zeros: NDArray[np.intp]) -> NDArray[np.float64]:
        assert self.fence is not None
        nothing = np.zeros((1, self.fence.price.size))
        leaving = np.vstack([nothing, self.fence.weights[ones]])
        coming = np.vstack([nothing, self.fence.weights[zeros]])
        sums = self._sums - leaving[:, None] + coming[None]
        now = self.fence.penalties(self._sums)
        return self.strictness * (self.fence.penalties(sums) - now)
