"""The quench of QeMCMC without entanglement: each spin turns in the mean field of the others.

It is the time evolution truncated to bond dimension 1, a state of independent spins: 3 n numbers
for each chain, n^2 operations a step, for any n.
"""

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.quench import Quench, scale
from qml.algorithms.samplers.target import Target

SURE = 1e-9
"""No spin is surer than this; the same bound where it is measured and where it is judged."""


def chances_of_up(target: Target, spins: NDArray[np.int8], quench: Quench) -> NDArray[np.float64]:
    """Return the probability that each spin is measured up after the quench.

    Args:
        target: The problem.
        spins: Where the chains start, shape (chains, n).
        quench: Parameters of each chain.

    Returns:
        Shape (chains, n), strictly between 0 and 1.
    """
    x, y, z = np.zeros((3, *spins.shape))
    z += spins
    # a chain whose quench is over is turned by angles of zero
    lengths = np.where(np.arange(quench.steps.max())[:, None] < quench.steps, quench.length, 0.0)
    across = 2 * (quench.mixing * lengths)[:, :, None]
    along = 2 * scale(target) * ((1 - quench.mixing) * lengths)[:, :, None]
    for field, share in zip(across, along, strict=True):
        y, z = _turned(y, z, field)
        x, y = _turned(x, y, share * (target.fields + z @ target.couplings))
    return np.asarray(np.clip((1 + z) / 2, SURE, 1 - SURE))


def log_chance(up: NDArray[np.float64], spins: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return the log-probability of measuring these spins, shapes (chains, n); shape (chains,)."""
    return np.asarray(np.log(np.where(spins > 0, up, 1 - up)).sum(axis=1))


def _turned(
    one: NDArray[np.float64], other: NDArray[np.float64], angle: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn two components of the Bloch vectors."""
    cosine, sine = np.cos(angle), np.sin(angle)
    return cosine * one - sine * other, sine * one + cosine * other
