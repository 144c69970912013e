"""Low-autocorrelation binary sequences: the benchmark of QAOA at scale, quartic in its spins.

Shaydulin et al., Science Advances 10, eadm6761 (2024), arXiv:2308.02342. Best of many classical
rivals: Memetic Tabu, whose time to solution grows as 1.34^N; QAOA's grows as 1.46^N.
"""

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.qaoa.angles import Angles

_GAMMAS = (
    *(0.289137, 0.640055, 0.828352, 0.920857, 0.947183, 0.971678),
    *(0.986599, 1.015154, 1.044089, 1.109516, 1.232762, 1.405934),
)
_BETAS = (
    *(-0.200362, -0.160143, -0.152625, -0.153012, -0.157107, -0.159482),
    *(-0.164839, -0.167757, -0.174688, -0.179515, -0.174675, -0.108503),
)


def labs_energies(spins: int) -> NDArray[np.float64]:
    """Return E(s) = sum over k of (sum over i of s_i s_(i + k))^2 of all sequences, (2**spins,).

    A product of spins is -1 where two bits differ, so that each sum is a count of ones.
    """
    index = np.arange(1 << spins, dtype=np.int64)
    found = np.zeros(len(index))
    for lag in range(1, spins):
        terms = spins - lag
        unlike = np.bitwise_count((index ^ (index >> lag)) & ((1 << terms) - 1))
        found += (terms - 2.0 * unlike) ** 2
    return found


def transferred_schedule(spins: int) -> Angles:
    """Return twelve layers for H = E / 2 that were found on small sequences: gamma goes as 1/N."""
    return Angles(np.array(_GAMMAS) / spins, np.array(_BETAS))
