"""Passes over many rows without a second copy of them."""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

BLOCK = 2048
Number = TypeVar("Number", bound=np.generic)


def blocks(
    features: NDArray[Number], index: NDArray[np.int64] | None = None
) -> Iterator[NDArray[Number]]:
    """Yield rows, all or those of `index` (ascending), at most `BLOCK` at a time."""
    count = len(features) if index is None else len(index)
    for start in range(0, count, BLOCK):
        rows = slice(start, start + BLOCK)
        yield features[rows] if index is None else take(features, index[rows])


def take(features: NDArray[Number], index: NDArray[np.int64]) -> NDArray[Number]:
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
