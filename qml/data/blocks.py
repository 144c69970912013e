"""Passes over many rows without a second copy of them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

BLOCK = 8192


def blocks(
    features: NDArray[np.floating], index: NDArray[np.int64] | None = None
) -> Iterator[NDArray[np.floating]]:
    """Yield rows, all or those of `index` (ascending), at most `BLOCK` at a time."""
    count = len(features) if index is None else len(index)
    for start in range(0, count, BLOCK):
        rows = slice(start, start + BLOCK)
        yield features[rows] if index is None else take(features, index[rows])


def take(features: NDArray[np.floating], index: NDArray[np.int64]) -> NDArray[np.floating]:
    """Rows by number, ascending; a view where they lie side by side, since images are large."""
    if len(index) and index[-1] - index[0] + 1 == len(index):
        return features[index[0] : index[-1] + 1]
    return features[index]


def column_mean(features: NDArray[np.floating], index: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean of each column over chosen rows, summed in float64; shape (d,)."""
    total = np.zeros(features.shape[1])
    for block in blocks(features, index):
        total += block.sum(axis=0, dtype=np.float64)
    return total / len(index)
