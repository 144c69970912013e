"""`ising16`: spins of a 4 x 4 torus at thermal equilibrium, drawn exactly.

H = -sum over neighbours of s_i s_j with periodic borders, at the temperature 2.5 (in units of the
coupling), near where order sets in. The first spin is held up: the other half of the strings is the
same turned over, and a model of random flips that starts at means of one half stays there. The
probabilities of all 2^16 strings are known; rows are drawn from them by
`numpy.random.default_rng(0)`: 5,000 to train on and 10,000 to test. After the "2D Ising" rows of
Recio-Armengol et al. (2025), arXiv:2503.02934, whose own files are others.
"""

import numpy as np
from numpy.typing import NDArray

SIDE, TEMPERATURE = 4, 2.5
TRAIN, TEST = 5_000, 10_000


def load() -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.str_]]:
    """Return rows of 16 bits, labels that are the sign of the magnetisation, and a split."""
    bits = SIDE * SIDE
    random = np.random.default_rng(0)
    drawn = random.choice(2**bits, TRAIN + TEST, p=distribution())
    rows = (drawn[:, None] >> np.arange(bits - 1, -1, -1)) & 1
    up = (rows.sum(axis=1) <= bits // 2).astype(np.int64)
    return rows.astype(np.float32), up, np.repeat(["train", "test"], [TRAIN, TEST])


def distribution() -> NDArray[np.float64]:
    """Return the exact probability of every string, shape (65536,), bit 0 most significant."""
    bits = SIDE * SIDE
    index = np.arange(2**bits)[:, None]
    spins = 1 - 2 * ((index >> np.arange(bits - 1, -1, -1)) & 1).reshape(-1, SIDE, SIDE)
    pairs = spins * np.roll(spins, 1, axis=1) + spins * np.roll(spins, 1, axis=2)
    weights = np.exp(pairs.sum(axis=(1, 2)) / TEMPERATURE) * (spins[:, 0, 0] > 0)
    found: NDArray[np.float64] = weights / weights.sum()
    return found
