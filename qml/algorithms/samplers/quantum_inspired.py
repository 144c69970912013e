"""The classical rival of QeMCMC: the same quench without entanglement proposes a state.

The proposal is a product of independent spins, so that its probability is known in both directions,
and Metropolis and Hastings accept with the exact ratio; gamma and t are drawn before and are the
same in both directions. The chain is exact, however rough the simulation.

References:
    arXiv:2411.17821: proposals by tensor networks that have not converged keep the scaling of the
    quantum ones; here the bond dimension is 1. W. K. Hastings, Biometrika 57 (1970) 97.
"""

import numpy as np

from qml.algorithms.samplers.base import Info, Kernel, State, Task, accept, random_start
from qml.algorithms.samplers.mean_field import chances_of_up, log_chance
from qml.algorithms.samplers.quench import QuenchOptions, draw_quench


class Options(QuenchOptions):
    """The quench; shorter and more transverse than the quantum one, which is better here."""

    mixing: tuple[float, float] = (0.4, 0.7)
    time: tuple[float, float] = (1.0, 6.0)


def build(task: Task, options: Options) -> Kernel:
    """Return the chain; a step is one proposal for each chain."""
    target = task.target

    def step(rng: np.random.Generator, state: State) -> tuple[State, Info]:
        chains = len(state.spins)
        quench = draw_quench(rng, chains, options)
        there = chances_of_up(target, state.spins, quench)
        proposed = np.where(rng.random(there.shape) < there, 1, -1).astype(np.int8)
        back = chances_of_up(target, proposed, quench)
        ratio = log_chance(back, state.spins) - log_chance(there, proposed)
        state, taken = accept(target, rng, state, proposed, ratio)
        return state, Info(taken, chains, chains)

    return Kernel(init=lambda rng, chains: random_start(target, rng, chains), step=step)
