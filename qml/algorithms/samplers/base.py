"""The protocol of a sampler: a Markov chain whose stationary distribution is the target.

An entry point of `qml.samplers.v1` names the module that holds `Options` and `build`. As in
blackjax, a chain is a pair of pure functions, `init` and `step`; several chains go side by side in
one state, so that their steps are array operations. The chain never judges itself: what its draws
are worth is measured by `qml.results.chains`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.target import Target
from qml.config.base import Section

if TYPE_CHECKING:  # the checks of a command load no engine
    from qml.circuits import Evaluator


class State(NamedTuple):
    """Where several chains stand.

    Attributes:
        spins: Shape (chains, n), -1 and +1: the draws at the temperature of the target.
        energies: Shape (chains,).
        memory: What else the sampler must keep, e.g. hotter replicas.
    """

    spins: NDArray[np.int8]
    energies: NDArray[np.float64]
    memory: Any = None


class Info(NamedTuple):
    """What one step of all chains did.

    Attributes:
        accepted: Proposals that were accepted.
        proposed: Proposals.
        evaluations: States whose energy, or change of energy, became known. Neighbours by one flip
            count as one each, whichever way their energies are found.
    """

    accepted: int
    proposed: int
    evaluations: int


class Kernel(NamedTuple):
    """A Markov chain.

    Attributes:
        init: Starts so many chains in random states.
        step: Moves every chain on by one step.
    """

    init: Callable[[np.random.Generator, int], State]
    step: Callable[[np.random.Generator, State], tuple[State, Info]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be sampled, and with what.

    Attributes:
        target: The distribution.
        evaluator: Runs circuits on a machine, or None where none are to be run.
    """

    target: Target
    evaluator: "Evaluator | None" = None


class Sampler(Protocol):
    """The module that an entry point of `qml.samplers.v1` names.

    Attributes:
        Options: Its settings, a table of qml.toml.
        build: Returns the chain; raises PlanError, before anything is run, where the method cannot
            sample this target.
    """

    Options: type[Section]
    build: Callable[[Task, Any], Kernel]


def random_start(target: Target, rng: np.random.Generator, chains: int) -> State:
    """Return chains in independent, uniformly random states."""
    spins = (1 - 2 * rng.integers(0, 2, (chains, target.size))).astype(np.int8)
    return State(spins, target.energies(spins))


def accept(
    target: Target,
    rng: np.random.Generator,
    state: State,
    proposed: NDArray[np.int8],
    log_ratio: NDArray[np.float64] | float = 0.0,
) -> tuple[State, int]:
    """Accept or refuse one proposal for each chain by Metropolis and Hastings.

    Args:
        target: The distribution.
        rng: Random numbers.
        state: Where the chains stand.
        proposed: Shape (chains, n).
        log_ratio: ln Q(s | s') - ln Q(s' | s), shape (chains,); 0 for symmetric proposals.

    Returns:
        The new state, and how many were accepted.
    """
    energies = target.energies(proposed)
    gain = (energies - state.energies) / target.temperature - log_ratio
    taken = gain <= rng.exponential(size=len(energies))
    spins = np.where(taken[:, None], proposed, state.spins)
    return State(spins, np.where(taken, energies, state.energies), state.memory), int(taken.sum())
