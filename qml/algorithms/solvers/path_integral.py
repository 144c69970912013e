"""Simulated quantum annealing: path-integral Monte Carlo of a transverse-field Ising model.

A classical computation (dwave-samplers), not a quantum one. It knows no constraints: they are
penalties with slack bits, and reads that break them are mended, as far as the budget pays for it.
"""

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.moves.mending import mended
from qml.algorithms.solvers.moves.purse import Purse
from qml.algorithms.solvers.spins import Spins
from qml.config.base import Section
from qml.problems.penalty import penalised
from qml.problems.slack import with_slack

_WORK = 200_000
"""Elementary steps of one batch, so that a batch takes some hundredths of a second."""


class Options(Section):
    """Settings of `path_integral`."""

    sweeps: int | None = Field(
        None,
        ge=1,
        description="Sweeps of each read; where None they double from 32 to 4,096 (sweeps).",
    )
    reads: int = Field(16, ge=1, description="Most reads with the same number of sweeps (reads).")
    penalty: float | None = Field(
        None, gt=0, description="Cost of a unit of violation; above any flip's gain where None."
    )


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield reads, in batches; an evaluation is an update of one worldline."""
    problem = task.problem
    free = penalised(with_slack(problem), options.penalty) if problem.constrained else problem
    spins, n = Spins(free), free.size
    rng, purse = np.random.default_rng(task.seed), _purse(task)
    reads, sweeps = min(2, options.reads), options.sweeps or 32
    while True:
        batch = max(1, min(reads, _WORK // (sweeps * spins.work)))
        for begin in range(0, reads, batch):
            wanted = min(batch, reads - begin)
            left = purse.whole(n, wanted * sweeps)
            if not left:
                return
            taken, length = (left // sweeps, sweeps) if left >= sweeps else (1, left)
            purse.taken = taken * length * n
            x = spins.worldlines(taken, length, rng)[:, : problem.size]
            yield mended(problem, x, purse)
        reads = min(2 * reads, options.reads)
        sweeps = sweeps if options.sweeps else min(2 * sweeps, 4096)


def _purse(task: Task) -> Purse:
    """Hold back what mending one read takes, mostly."""
    return Purse(task.left, 2 * task.problem.size if task.problem.constrained else 0)
