"""Parallel tempering: replicas at a ladder of temperatures that exchange their places.

Swendsen and Wang 1986; Hukushima and Nemoto 1996. Neighbours on the ladder exchange with
probability min(1, exp((1/T_a - 1/T_b)(E_a - E_b))). Without constraints the sweeps are those of
dwave-samplers at a fixed temperature; with them replicas walk by moves that keep the groups.
"""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.moves.chains import Chains
from qml.algorithms.solvers.moves.descent import repaired
from qml.algorithms.solvers.moves.heat import heat_of
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.mending import purse_of, with_one_feasible
from qml.algorithms.solvers.moves.starts import Starts
from qml.algorithms.solvers.spins import Spins
from qml.config.base import Section
from qml.problems import Arrays

_ROUNDS = 20
"""Exchanges below which ladders and sweeps shrink."""


class Options(Section):
    """Settings of `parallel_tempering`."""

    replicas: int = Field(12, ge=2, description="Temperatures of the ladder (replicas).")
    ladders: int = Field(4, ge=1, description="Ladders side by side (ladders).")
    sweeps: int = Field(
        8, ge=1, description="Sweeps between two exchanges; moves, with constraints (sweeps)."
    )


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield the coldest replicas after every exchange."""
    rng, purse = np.random.default_rng(task.seed), purse_of(task)
    problem = laminar(task.problem)
    heats = np.geomspace(*heat_of(problem)[::-1], options.replicas)
    wanted, sweeps = _size(task, options)
    count = purse.whole(1, wanted * options.replicas)
    if not count:
        return
    ladders = count // options.replicas
    x = Starts(task.problem, rng).draw(ladders * options.replicas or count)
    if task.start is not None:
        x[0] = task.start
    if not ladders:
        yield with_one_feasible(task.problem, x, purse)
        return
    walk: Walk = (
        _Moving(problem, x, np.repeat(heats, ladders), sweeps, rng)
        if problem.constrained
        else _Sweeping(problem, x, heats, sweeps, rng)
    )
    yield with_one_feasible(task.problem, x, purse)
    turn = 0
    while purse.take(walk.effort + ladders):
        walk.advance()
        _exchange(walk, heats, ladders, turn, rng)
        turn += 1
        cold = walk.samples[:ladders]
        if problem.limits:
            cold = repaired(problem, cold, purse.take)
        yield Proposals(cold, purse.empty())


def _size(task: Task, options: Options) -> tuple[int, int]:
    """Return ladders and sweeps; fewer than were asked for where few exchanges would be left."""
    ladders, sweeps = options.ladders, options.sweeps
    sweep = task.problem.size * options.replicas
    left = task.left.evaluations(_ROUNDS * sweep * ladders * sweeps)
    while ladders > 1 and left < _ROUNDS * sweep * ladders * sweeps:
        ladders //= 2
    while sweeps > 1 and left < _ROUNDS * sweep * ladders * sweeps:
        sweeps //= 2
    return ladders, sweeps


class Walk(Protocol):
    """Replicas in the order of the ladder: all of the coldest temperature come first."""

    effort: int

    @property
    def samples(self) -> NDArray[np.int8]:
        """Where they are, shape (r, n)."""
        ...

    def advance(self) -> None:
        """Walk on, each replica at its temperature."""
        ...

    def permute(self, order: NDArray[np.intp]) -> None:
        """Put the replicas into another order."""
        ...

    def costs(self) -> NDArray[np.float64]:
        """Return objectives, with the penalties of the walk; shape (r,)."""
        ...


def _exchange(
    walk: Walk, heats: NDArray[np.float64], ladders: int, turn: int, rng: np.random.Generator
) -> None:
    """Let neighbours exchange places, even and odd pairs by turns."""
    replicas, costs = len(heats), walk.costs().reshape(len(heats), ladders)
    order = np.arange(replicas * ladders).reshape(replicas, ladders)
    cold = np.arange(turn % 2, replicas - 1, 2)
    gap = (1 / heats[cold] - 1 / heats[cold + 1])[:, None] * (costs[cold] - costs[cold + 1])
    taken = np.log1p(-rng.random(gap.shape)) < gap
    low, high = order[cold], order[cold + 1]
    order[cold], order[cold + 1] = np.where(taken, high, low), np.where(taken, low, high)
    walk.permute(order.reshape(-1))


class _Sweeping:
    """Replicas of an unconstrained problem."""

    def __init__(
        self,
        problem: Arrays,
        x: NDArray[np.int8],
        heats: NDArray[np.float64],
        sweeps: int,
        rng: np.random.Generator,
    ) -> None:
        self._problem, self._spins, self._rng = problem, Spins(problem), rng
        self._heats, self._sweeps = heats, sweeps
        self.samples, self.effort = x, sweeps * x.size

    def advance(self) -> None:
        parts = np.split(self.samples, len(self._heats))
        self.samples = np.concatenate(
            [
                self._spins.hold(part, float(heat), self._sweeps, self._rng)
                for part, heat in zip(parts, self._heats, strict=True)
            ]
        )

    def permute(self, order: NDArray[np.intp]) -> None:
        self.samples = self.samples[order]

    def costs(self) -> NDArray[np.float64]:
        return self._problem.objectives(self.samples)


class _Moving:
    """Replicas that keep groups; places on the ladder change, replicas stay where they are."""

    def __init__(
        self,
        problem: Arrays,
        x: NDArray[np.int8],
        heats: NDArray[np.float64],
        sweeps: int,
        rng: np.random.Generator,
    ) -> None:
        self._chains = Chains(problem, x, rng)
        self._heats, self._place = heats, np.arange(len(x))
        self._steps = sweeps
        self.effort = self._steps * self._chains.effort

    @property
    def samples(self) -> NDArray[np.int8]:
        return self._chains.samples[self._place]

    def advance(self) -> None:
        mine = np.empty(len(self._place))
        mine[self._place] = self._heats
        self._chains.steps(np.broadcast_to(mine, (self._steps, len(mine))))

    def permute(self, order: NDArray[np.intp]) -> None:
        self._place = self._place[order]

    def costs(self) -> NDArray[np.float64]:
        return self._chains.costs()[self._place]
