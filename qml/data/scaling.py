"""Scaling of each feature, fitted on training rows: `x -> (x - shift) * factor`."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.data.blocks import blocks, column_mean
from qml.errors import DataError


class Scaling(NamedTuple):
    """A fitted scaling, float64 arrays of shape (d,)."""

    shift: NDArray[np.float64]
    factor: NDArray[np.float64]


def fit_scaling(kind: str, features: NDArray[np.floating], index: NDArray[np.int64]) -> Scaling:
    """Fit a scaling on chosen rows.

    Args:
        kind: `angle` maps the smallest and largest value to -pi/2 and pi/2 (other rows may leave
            that range); `standard` gives mean 0 and deviation 1; `none` changes nothing.
        features: Shape (rows, d).
        index: Rows to fit on.

    Returns:
        The scaling. A feature that does not vary over these rows becomes 0.

    Raises:
        DataError: Another kind.
    """
    width = features.shape[1]
    if kind == "none":
        return Scaling(np.zeros(width), np.ones(width))
    if kind == "angle":
        return _angle(features, index)
    if kind == "standard":
        return _standard(features, index)
    raise DataError(f"unknown scale `{kind}`", hint="known: angle, standard, none")


def _angle(features: NDArray[np.floating], index: NDArray[np.int64]) -> Scaling:
    low, high = _range(features, index)
    return Scaling((low + high) / 2, _inverse((high - low) / np.pi, varies=high > low))


def _standard(features: NDArray[np.floating], index: NDArray[np.int64]) -> Scaling:
    low, high = _range(features, index)
    mean = column_mean(features, index)
    variance = np.zeros(features.shape[1])
    for block in blocks(features, index):
        variance += np.square(block - mean, dtype=np.float64).sum(axis=0) / len(index)
    # rounding gives a constant column a tiny deviation, so its range says whether it varies
    return Scaling(mean, _inverse(np.sqrt(variance), varies=high > low))


def _range(
    features: NDArray[np.floating], index: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    low = np.full(features.shape[1], np.inf)
    high = -low
    for block in blocks(features, index):
        low = np.minimum(low, block.min(axis=0))
        high = np.maximum(high, block.max(axis=0))
    return low, high


def _inverse(spread: NDArray[np.float64], *, varies: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.where(varies, 1 / np.where(varies, spread, 1), 0.0)
