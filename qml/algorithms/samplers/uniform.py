"""Uniformly random proposals: the baseline that knows nothing of the problem."""

import numpy as np
from pydantic import Field

from qml.algorithms.samplers.base import Info, Kernel, State, Task, accept, random_start
from qml.config.base import Section


class Options(Section):
    """How much one step is."""

    proposals: int = Field(1, ge=1, description="Proposals between two draws (proposals).")


def build(task: Task, options: Options) -> Kernel:
    """Return the chain."""
    target = task.target

    def step(rng: np.random.Generator, state: State) -> tuple[State, Info]:
        chains, taken = len(state.spins), 0
        for _ in range(options.proposals):
            proposed = random_start(target, rng, chains).spins
            state, accepted = accept(target, rng, state, proposed)
            taken += accepted
        made = chains * options.proposals
        return state, Info(taken, made, made)

    return Kernel(init=lambda rng, chains: random_start(target, rng, chains), step=step)
