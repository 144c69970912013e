"""Tabu search: always the best move that does not undo a recent one, or that beats the best.

Glover 1989; one-flip moves as in Palubeckis 2004. A variable that moved stays for `tenure` steps.
Several walks go side by side; each begins anew, from its best assignment with some bits changed,
after it has not improved for a while.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.moves.descent import descend
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.mending import purse_of, with_one_feasible
from qml.algorithms.solvers.moves.neighbourhood import TOLERANCE, Neighbourhood
from qml.algorithms.solvers.moves.purse import Purse
from qml.algorithms.solvers.moves.starts import Starts
from qml.config.base import Section
from qml.problems import Arrays

_NUMBERS = 400_000
"""Changes that are computed between two reports, at most."""
_STEPS = 128
"""Steps between two reports, at most."""


class Options(Section):
    """Settings of `tabu`."""

    tenure: int | None = Field(
        None,
        ge=1,
        description="Steps that a moved variable stays; n/4 up to 20 where None (steps).",
    )
    walks: int = Field(8, ge=1, description="Walks side by side, without constraints (walks).")
    patience: int | None = Field(
        None, ge=1, description="Steps without gain before a new start; 20 n where None (steps)."
    )


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield the best assignments of the walks."""
    n = task.problem.size
    tenure = options.tenure or max(1, min(20, n // 4))
    patience = options.patience or 20 * n
    if task.problem.constrained:
        return _by_moves(task, tenure, min(patience, 200))
    return _by_flips(task, options.walks, min(tenure, max(1, n - 1)), patience)


def _by_flips(task: Task, walks: int, tenure: int, patience: int) -> Iterator[Proposals]:
    rng, purse, problem = np.random.default_rng(task.seed), Purse(task.left), task.problem
    walks = purse.whole(1, walks)
    if not walks:
        return
    x = Starts(problem, rng).draw(walks)
    if task.start is not None:
        x[0] = task.start
    state = _Flips(problem, x, tenure)
    effort, block = walks * problem.size, 4
    while steps := purse.whole(effort, block):
        block = min(2 * block, _STEPS, max(1, _NUMBERS // effort))
        for _ in range(steps):
            state.step(rng)
        state.shake(patience, rng)
        yield Proposals(state.best.copy(), purse.empty())
    if purse.taken:
        yield Proposals(state.best.copy(), purse.empty())


class _Flips:
    """Walks by one-flip moves, all of them a step at a time."""

    def __init__(self, problem: Arrays, x: NDArray[np.int8], tenure: int) -> None:
        self._problem, self._tenure = problem, tenure
        self._rows = np.arange(len(x))
        self._clock = 0
        self._until = np.zeros(x.shape, dtype=np.int64)
        self._begin(x)
        self.best, self._record = x.copy(), self._values.copy()
        self._gained = np.zeros(len(x), dtype=np.int64)

    def _begin(self, x: NDArray[np.int8]) -> None:
        self._signs = 1.0 - 2.0 * x
        self._fields = self._problem.linear + x @ self._problem.couplings
        self._values = self._problem.objectives(x)

    def step(self, rng: np.random.Generator) -> None:
        """Flip the best bit of every walk that may flip."""
        self._clock += 1
        rows, changes = self._rows, self._signs * self._fields
        barred = self._until > self._clock
        barred &= self._values[:, None] + changes >= self._record[:, None] - TOLERANCE
        best = np.argmin(np.where(barred, np.inf, changes), axis=1)
        self._values += changes[rows, best]
        self._fields += self._signs[rows, best][:, None] * self._problem.couplings[best]
        self._signs[rows, best] *= -1
        self._until[rows, best] = self._clock + self._tenure + rng.integers(0, 10, len(rows))
        better = np.flatnonzero(self._values < self._record - TOLERANCE * (1 + abs(self._record)))
        if len(better):
            self._record[better] = self._values[better]
            self.best[better] = self._signs[better] < 0
            self._gained[better] = self._clock

    def shake(self, patience: int, rng: np.random.Generator) -> None:
        """Send walks that found nothing for long to near their best, or to the best of all."""
        late = np.flatnonzero(self._clock - self._gained > patience)
        if not len(late):
            return
        x = (self._signs < 0).astype(np.int8)
        changed = rng.random((len(late), x.shape[1])) < rng.uniform(0.1, 0.5, (len(late), 1))
        x[late] = self.best[late] ^ changed
        self._begin(x)
        self._until[late] = 0
        self._gained[late] = self._clock


def _by_moves(task: Task, tenure: int, patience: int) -> Iterator[Proposals]:
    rng, purse, problem = np.random.default_rng(task.seed), purse_of(task), laminar(task.problem)
    starts, given = Starts(task.problem, rng), task.start
    while purse.take(1):
        x = starts.draw(1)[0] if given is None else given
        given = None
        walk = Neighbourhood(problem, x)
        if not descend(walk, purse.take):
            yield with_one_feasible(task.problem, walk.x[None], purse)
            return
        yield from _wander(walk, purse, tenure, patience, rng)


def _wander(
    walk: Neighbourhood, purse: Purse, tenure: int, patience: int, rng: np.random.Generator
) -> Iterator[Proposals]:
    """Walk on from a local minimum until nothing better was found for long."""
    until = np.zeros(len(walk.x), dtype=np.int64)
    ones = max(1, min(int(walk.x.sum()), len(walk.x) - int(walk.x.sum())))
    stay = max(1, min(tenure, ones // 2))
    value, record, best, gained, clock = 0.0, 0.0, walk.x.copy(), 0, 0
    while clock - gained < patience and purse.take(walk.effort):
        clock += 1
        off, on, change = walk.moves().best(
            barred=until > clock, unless_below=record - value - TOLERANCE * (1 + walk.scale)
        )
        if not np.isfinite(change):
            break
        walk.apply(off, on)
        value += change
        for variable in (off, on):
            if variable >= 0:
                until[variable] = clock + stay + rng.integers(0, 3)
        if value < record - TOLERANCE * (1 + walk.scale) and walk.feasible:
            record, best, gained = value, walk.x.copy(), clock
        if purse.taken > _NUMBERS:
            yield Proposals(best[None], purse.empty())
    if purse.taken:
        yield Proposals(best[None], purse.empty())
