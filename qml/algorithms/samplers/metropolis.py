"""Single spin flips, accepted by Metropolis: the classical local sampler.

References:
    N. Metropolis, A. W. Rosenbluth, M. N. Rosenbluth, A. H. Teller, E. Teller, J. Chem. Phys. 21
    (1953) 1087.
"""

import numpy as np
from pydantic import Field

from qml.algorithms.samplers.base import Info, Kernel, State, Task, random_start
from qml.algorithms.samplers.flips import sweep
from qml.config.base import Section


class Options(Section):
    """How much one step is."""

    sweeps: int = Field(1, ge=1, description="Sweeps of n flips between two draws (sweeps).")


def build(task: Task, options: Options) -> Kernel:
    """Return the chain; a step proposes `sweeps` times n flips."""
    target = task.target
    flips = options.sweeps * target.size

    def step(rng: np.random.Generator, state: State) -> tuple[State, Info]:
        chains = len(state.spins)
        swept = sweep(target, rng, state.spins, np.full(chains, target.temperature), flips)
        info = Info(int(swept.accepted.sum()), chains * flips, chains * flips)
        return State(swept.spins, swept.energies), info

    return Kernel(init=lambda rng, chains: random_start(target, rng, chains), step=step)
