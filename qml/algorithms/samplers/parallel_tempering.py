"""Replicas at several temperatures that swap neighbours, with Houdayer moves on request.

References:
    K. Hukushima, K. Nemoto, J. Phys. Soc. Jpn. 65 (1996) 1604; J. Houdayer, Eur. Phys. J. B 22
    (2001) 479; Z. Zhu, A. J. Ochoa, H. G. Katzgraber, Phys. Rev. Lett. 115 (2015) 077201.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.samplers.base import Info, Kernel, State, Task
from qml.algorithms.samplers.flips import sweep
from qml.algorithms.samplers.houdayer import exchange_clusters
from qml.algorithms.samplers.target import Target
from qml.config.base import Section


class Options(Section):
    """The ladder of temperatures."""

    replicas: int = Field(8, ge=2, le=256, description="Temperatures of the ladder (temperatures).")
    hottest: float | None = Field(
        None,
        gt=0,
        allow_inf_nan=False,
        description="Highest temperature; the largest pull on any spin where not set (energy).",
    )
    houdayer: bool = Field(
        default=False,
        description="Exchange clusters between pairs of chains; of use on sparse couplings.",
    )


def build(task: Task, options: Options) -> Kernel:
    """Return the chain.

    A step sweeps every replica once (replicas times n evaluations) and then proposes swaps between
    neighbours, even or odd pairs by chance. `State.memory` holds spins and energies of all
    replicas, shapes (replicas, chains, n) and (replicas, chains), the coldest first.
    """
    target = task.target
    ladder = temperatures(target, options)

    def init(rng: np.random.Generator, chains: int) -> State:
        bits = rng.integers(0, 2, (len(ladder), chains, target.size))
        spins = (1 - 2 * bits).astype(np.int8)
        return _state(spins, target.energies(spins.reshape(-1, target.size)))

    def step(rng: np.random.Generator, state: State) -> tuple[State, Info]:
        spins, _ = state.memory
        replicas, chains, n = spins.shape
        if options.houdayer:
            spins = exchange_clusters(target, rng, spins)
        hot = np.repeat(ladder, chains)
        swept = sweep(target, rng, spins.reshape(-1, n), hot, n)
        spins, energies = swept.spins.reshape(spins.shape), swept.energies.reshape(replicas, -1)
        spins, energies = swap(rng, spins, energies, ladder)
        made = replicas * chains * n
        cold = int(swept.accepted[:chains].sum())
        return _state(spins, energies), Info(cold, chains * n, made)

    return Kernel(init=init, step=step)


def temperatures(target: Target, options: Options) -> NDArray[np.float64]:
    """Return the ladder, in geometric steps from the target's temperature upwards."""
    pulls = np.abs(target.fields) + np.abs(target.couplings).sum(axis=1)
    hottest = options.hottest or float(pulls.max())
    hottest = max(hottest, 2 * target.temperature)
    return np.geomspace(target.temperature, hottest, options.replicas)


def swap(
    rng: np.random.Generator,
    spins: NDArray[np.int8],
    energies: NDArray[np.float64],
    ladder: NDArray[np.float64],
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Propose to swap neighbours, accepted with min(1, exp((1/T - 1/T')(E - E'))).

    Args:
        rng: Random numbers.
        spins: Shape (replicas, chains, n).
        energies: Shape (replicas, chains).
        ladder: Temperatures, shape (replicas,).
    """
    chains = energies.shape[1]
    order = np.tile(np.arange(len(ladder))[:, None], chains)
    lower = np.arange(rng.integers(0, 2), len(ladder) - 1, 2)
    apart = (1 / ladder[lower] - 1 / ladder[lower + 1])[:, None]
    gain = apart * (energies[lower] - energies[lower + 1])
    taken = -gain <= rng.exponential(size=gain.shape)
    order[lower] += taken
    order[lower + 1] -= taken
    along = np.arange(chains)
    return spins[order, along], energies[order, along]


def _state(spins: NDArray[np.int8], energies: NDArray[np.float64]) -> State:
    energies = energies.reshape(spins.shape[:2])
    return State(spins[0], energies[0], (spins, energies))
