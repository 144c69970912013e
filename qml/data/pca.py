"""Principal components by an eigendecomposition of the covariance matrix."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.data.blocks import blocks, column_mean
from qml.errors import DataError


class Components(NamedTuple):
    """A fitted projection, in the dtype of the features.

    Attributes:
        mean: Shape (d,).
        axes: Orthonormal rows, shape (k, d), by falling variance; in each the entry of largest
            magnitude is positive, which makes the sign definite.
    """

    mean: NDArray[np.floating]
    axes: NDArray[np.floating]


def fit_components(
    features: NDArray[np.floating], index: NDArray[np.int64], number: int
) -> Components:
    """Fit principal components on chosen rows.

    The scatter matrix is summed in float64 over blocks of centred rows, so that no copy of the
    data is made; each block is multiplied in the features' own precision.

    Args:
        features: Shape (rows, d).
        index: Rows to fit on.
        number: Components to keep, k.

    Raises:
        DataError: More components than columns or rows.
    """
    width = features.shape[1]
    if not 1 <= number <= min(width, len(index)):
        raise DataError(
            f"`data.features = {number}` principal components cannot be had from {width} columns"
            f" and {len(index)} training rows",
            hint=f"at most {min(width, len(index))}; leave it out to keep all columns",
        )
    mean = column_mean(features, index).astype(features.dtype)
    scatter = np.zeros((width, width))
    for block in blocks(features, index):
        centred = block - mean
        scatter += centred.T @ centred
    return Components(mean, _leading(scatter, number).astype(features.dtype))


def project(
    features: NDArray[np.floating], index: NDArray[np.int64], components: Components
) -> NDArray[np.floating]:
    """Project chosen rows, shape (len(index), k)."""
    projected = [(block - components.mean) @ components.axes.T for block in blocks(features, index)]
    return np.concatenate(projected)


def _leading(scatter: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    _, vectors = np.linalg.eigh(scatter)
    axes = np.ascontiguousarray(vectors.T[::-1][:number])
    largest = np.abs(axes).argmax(axis=1)
    signs = np.sign(axes[np.arange(number), largest])
    signed: NDArray[np.float64] = axes * signs[:, None]
    return signed
