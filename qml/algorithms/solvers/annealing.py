"""Simulated annealing: dwave-samplers' in C++, or by moves that keep the constraints."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.moves.chains import Chains
from qml.algorithms.solvers.moves.descent import repaired
from qml.algorithms.solvers.moves.heat import heat_of
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.mending import purse_of, with_one_feasible
from qml.algorithms.solvers.moves.purse import Purse
from qml.algorithms.solvers.moves.starts import Starts
from qml.algorithms.solvers.spins import Spins
from qml.config.base import Section

_WORK = 4_000_000
"""Elementary steps of one batch, so that a batch takes about a tenth of a second."""
_STEPS = 100
"""Steps of chains between two reports, at most."""


class Options(Section):
    """Settings of `annealing`."""

    sweeps: int | None = Field(
        None,
        ge=1,
        description="Sweeps of each read; where None they double from 64 to 8,192 (sweeps).",
    )
    reads: int = Field(32, ge=1, description="Most reads with the same number of sweeps (reads).")


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield reads, in batches."""
    return _by_moves(task, options) if task.problem.constrained else _by_flips(task, options)


def _rounds(options: Options) -> Iterator[tuple[int, int]]:
    """Yield reads and sweeps of one round after the other; both double up to a limit."""
    reads, sweeps = min(4, options.reads), options.sweeps or 64
    while True:
        yield reads, sweeps
        reads = min(2 * reads, options.reads)
        sweeps = sweeps if options.sweeps else min(2 * sweeps, 8192)


def _by_flips(task: Task, options: Options) -> Iterator[Proposals]:
    spins, n = Spins(task.problem), task.problem.size
    rng, start = np.random.default_rng(task.seed), task.start
    for reads, sweeps in _rounds(options):
        batch = max(1, min(reads, _WORK // (sweeps * spins.work)))
        for begin in range(0, reads, batch):
            wanted = min(batch, reads - begin)
            left = task.left.evaluations(wanted * sweeps * n) // n
            if not left:
                return
            taken, length = (left // sweeps, sweeps) if left >= sweeps else (1, left)
            x = spins.anneal(taken, length, rng, start)
            start = None
            yield Proposals(x, taken * length * n)


def _by_moves(task: Task, options: Options) -> Iterator[Proposals]:
    problem, rng = laminar(task.problem), np.random.default_rng(task.seed)
    purse, start = purse_of(task), task.start
    hot, cold = heat_of(problem)
    starts = Starts(task.problem, rng)
    for reads, sweeps in _rounds(options):
        taken = purse.whole(1, reads)
        if not taken:
            return
        x = starts.draw(taken)
        if start is not None:
            x[0], start = start, None
        chains = Chains(problem, x, rng)
        length = purse.whole(chains.effort, sweeps * max(1, int(x.sum(axis=1).max())))
        if not length:
            yield with_one_feasible(task.problem, chains.samples, purse)
            return
        yield from _cool(chains, np.geomspace(hot, cold, length), purse)
        x = repaired(problem, chains.samples, purse.take)
        yield with_one_feasible(task.problem, x, purse)


def _cool(chains: Chains, heats: NDArray[np.float64], purse: Purse) -> Iterator[Proposals]:
    """Lower the heat, and show the best chain now and then."""
    block = min(_STEPS, max(1, _WORK // (8 * chains.effort)))
    for begin in range(0, len(heats), block):
        part = heats[begin : begin + block]
        chains.steps(part)
        objectives = chains.problem.objectives(chains.samples)
        best = chains.samples[[int(np.argmin(objectives))]]
        yield Proposals(best, purse.spend(chains.effort * len(part)))
