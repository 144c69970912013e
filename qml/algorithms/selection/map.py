"""Embeddings in the plane: their two largest principal components."""

import numpy as np
from numpy.typing import NDArray

DIGITS = 4
"""Digits that are kept: a picture needs no more."""


def plane(embeddings: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Project rows, shape (n, d), onto the two directions of the largest spread.

    The sign of a direction is fixed by its largest entry, so that a picture never flips.
    """
    centred = embeddings - embeddings.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    found = np.zeros((len(embeddings), 2))
    for axis, direction in enumerate(directions[:2]):
        sign = 1.0 if direction[np.argmax(np.abs(direction))] >= 0 else -1.0
        found[:, axis] = centred @ (sign * direction)
    return [(round(float(x), DIGITS), round(float(y), DIGITS)) for x, y in found]
