"""`stripes`: bars and stripes of 3 x 3 pixels as bits, all 14 patterns equally likely.

D. MacKay, Information Theory, Inference, and Learning Algorithms (2003), chapter 43: a pattern is
made of whole rows or of whole columns. Drawn by `numpy.random.default_rng(0)`: 1,000 to train on
and 2,000 to test.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

SIDE = 3
TRAIN, TEST = 1_000, 2_000


def load() -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.str_]]:
    """Return rows of nine bits, labels that tell whether a row is made of stripes, and a split."""
    found = patterns()
    drawn = np.random.default_rng(0).integers(0, len(found), TRAIN + TEST)
    rows = found[drawn]
    across = (rows.reshape(-1, SIDE, SIDE) == rows.reshape(-1, SIDE, SIDE)[:, :, :1]).all((1, 2))
    split = np.repeat(["train", "test"], [TRAIN, TEST])
    return rows.astype(np.float32), across.astype(np.int64), split


def distribution() -> NDArray[np.float64]:
    """Return the exact probability of every string, shape (512,), bit 0 most significant."""
    bits = SIDE * SIDE
    found, index = patterns(), np.zeros(2**bits)
    index[found @ (1 << np.arange(bits - 1, -1, -1))] = 1.0 / len(found)
    return index


def patterns() -> NDArray[np.int64]:
    """Return the 2^4 - 2 patterns, shape (14, 9), ascending."""
    lines = np.array(list(product((0, 1), repeat=SIDE)))
    rows = np.repeat(lines[:, :, None], SIDE, axis=2).reshape(len(lines), -1)
    columns = np.repeat(lines[:, None, :], SIDE, axis=1).reshape(len(lines), -1)
    return np.unique(np.concatenate([rows, columns]), axis=0)
