"""Quantum-enhanced Markov chain Monte Carlo: a quench proposes, Metropolis accepts.

On this machine the quench is simulated as a state vector. On a backend each proposal is a circuit
of rx, rz and rzz gates that is measured once; all chains share one submission, and the next one has
to wait for it, since it starts from what was accepted.

References:
    D. Layden et al., Nature 619 (2023) 282, arXiv:2203.12497.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.samplers.base import Info, Kernel, State, Task, accept, random_start
from qml.algorithms.samplers.exact import all_energies, indices, spins_of
from qml.algorithms.samplers.quench import QuenchOptions, draw_quench, evolve, measure, scale
from qml.algorithms.samplers.target import Target
from qml.errors import PlanError

MOST = 20
"""Most spins that are simulated."""

Propose = Callable[[np.random.Generator, NDArray[np.int8]], NDArray[np.int8]]


class Options(QuenchOptions):
    """The quench, and where it runs."""

    evolution: Literal["auto", "state", "circuits"] = Field(
        "auto",
        description="`state`: simulated here; `circuits`: run on the backend; `auto`: circuits"
        " unless the backend is `jax`.",
    )


def build(task: Task, options: Options) -> Kernel:
    """Return the chain; a step is one proposal for each chain.

    Raises:
        PlanError: There are too many spins to be simulated.
    """
    target = task.target
    propose = _by_circuits(task, options) if task.evaluator else _by_states(target, options)

    def step(rng: np.random.Generator, state: State) -> tuple[State, Info]:
        chains = len(state.spins)
        state, taken = accept(target, rng, state, propose(rng, state.spins))
        return state, Info(taken, chains, chains)

    return Kernel(init=lambda rng, chains: random_start(target, rng, chains), step=step)


def _by_states(target: Target, options: Options) -> Propose:
    if target.size > MOST:
        raise PlanError(
            f"{target.size} spins are too many for the exact simulation of `qemcmc`,"
            f" which holds 2^n amplitudes for each chain; {MOST} is the most",
            hint="--method quantum_inspired leaves entanglement out; --backend runs the"
            " circuits on a machine",
        )
    phases = scale(target) * (all_energies(target) - target.offset)

    def propose(rng: np.random.Generator, spins: NDArray[np.int8]) -> NDArray[np.int8]:
        quench = draw_quench(rng, len(spins), options)
        return spins_of(measure(rng, evolve(phases, indices(spins), quench)), target.size)

    return propose


def _by_circuits(task: Task, options: Options) -> Propose:
    from qml.algorithms.samplers.circuits import chosen, quench_circuits

    target, evaluator = task.target, task.evaluator
    assert evaluator is not None

    def propose(rng: np.random.Generator, spins: NDArray[np.int8]) -> NDArray[np.int8]:
        quench = draw_quench(rng, len(spins), options)
        counts = evaluator.counts(quench_circuits(target, spins, quench))
        return np.array([chosen(rng, c) for c in counts], dtype=np.int8)

    return propose
