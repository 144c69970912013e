"""Simulated quantum annealing: path-integral Monte Carlo of a transverse-field Ising model.

A classical computation (dwave-samplers), not a quantum one. It knows no constraints: they are
penalties with slack bits, and reads that break them are mended.
"""

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.moves.mending import mended
from qml.algorithms.solvers.spins import Spins
from qml.config.base import Section
from qml.problems.penalty import penalised
from qml.problems.slack import with_slack

_WORK = 600_000
"""Elementary steps of one batch, so that a batch takes about a tenth of a second."""


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
    rng = np.random.default_rng(task.seed)
    reads, sweeps = min(2, options.reads), options.sweeps or 32
    while True:
        batch = max(1, min(reads, _WORK // (sweeps * spins.work)))
        for begin in range(0, reads, batch):
            wanted = min(batch, reads - begin)
            left = task.left.evaluations(wanted * sweeps * n) // n
            if not left:
                return
            taken, length = (left // sweeps, sweeps) if left >= sweeps else (1, left)
            x = spins.worldlines(taken, length, rng)[:, : problem.size]
            yield Proposals(mended(problem, x), taken * length * n)
        reads = min(2 * reads, options.reads)
        sweeps = sweeps if options.sweeps else min(2 * sweeps, 4096)
