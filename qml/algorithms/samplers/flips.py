"""Random single flips of many chains at once, each chain at a temperature of its own."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.target import Target


class Swept(NamedTuple):
    """Chains after some flips were proposed.

    Attributes:
        spins: Shape (chains, n).
        energies: Shape (chains,).
        accepted: Flips that were accepted, shape (chains,).
    """

    spins: NDArray[np.int8]
    energies: NDArray[np.float64]
    accepted: NDArray[np.int64]


def sweep(
    target: Target,
    rng: np.random.Generator,
    spins: NDArray[np.int8],
    temperatures: NDArray[np.float64],
    flips: int,
) -> Swept:
    """Propose flips of spins chosen at random, one after the other.

    Spins are chosen with replacement, so that the chain is reversible as a whole.

    Args:
        target: Its energies; its own temperature is not used.
        rng: Random numbers.
        spins: Shape (chains, n); not changed.
        temperatures: Shape (chains,).
        flips: Proposals for each chain.
    """
    chains, rows = len(spins), np.arange(len(spins))
    state, pulls = spins.astype(np.float64), target.pulls(spins)
    sites = rng.integers(0, target.size, (flips, chains))
    # s -> -s changes E by -2 s (h + J s); exp(-dE/T) > u is -dE/2 > -T Exp(1)/2
    limits = temperatures / 2 * rng.exponential(size=(flips, chains))
    accepted = np.zeros(chains, dtype=np.int64)
    for site, limit in zip(sites, limits, strict=True):
        here = state[rows, site]
        taken = -here * pulls[rows, site] <= limit
        change = np.where(taken, -2 * here, 0.0)
        state[rows, site] += change
        pulls += change[:, None] * target.couplings[site]
        accepted += taken
    return Swept(state.astype(np.int8), target.energies_of(state.astype(np.int8), pulls), accepted)
