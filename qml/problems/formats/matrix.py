"""A QUBO as a plain JSON matrix: the objective is x^T Q x."""

from typing import Any

import dimod
import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.problems.formats.numbers import finite


def read(rows: Any, name: str) -> dimod.BinaryQuadraticModel:
    """Read a square matrix that is symmetric, or zero on one side of its diagonal.

    Args:
        rows: A list of rows.
        name: Name of the file, for messages.

    Raises:
        DataError: It is neither, is not square, or has an entry that is not finite.
    """
    matrix = _square(rows, name)
    upper, lower = np.triu(matrix, 1), np.tril(matrix, -1)
    if upper.any() and lower.any():
        _require_symmetric(matrix, name)
    model = dimod.BinaryQuadraticModel("BINARY")
    for i, value in enumerate(np.diag(matrix)):
        model.add_linear(i, float(value))
    joined = upper + lower.T
    for i, j in np.argwhere(joined):
        model.add_quadratic(int(i), int(j), float(joined[i, j]))
    return model


def _square(rows: Any, name: str) -> NDArray[np.float64]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise DataError(f"{name}: the matrix must be a list of rows")
    for i, row in enumerate(rows):
        if len(row) != len(rows):
            raise DataError(
                f"{name}: the matrix is not square: it has {len(rows)} rows, and row {i} has"
                f" {len(row)} entries"
            )
    return np.array(
        [
            [finite(v, f"{name}, row {i}, column {j}") for j, v in enumerate(r)]
            for i, r in enumerate(rows)
        ],
        dtype=np.float64,
    ).reshape(len(rows), len(rows))


def _require_symmetric(matrix: NDArray[np.float64], name: str) -> None:
    scale = 1e-9 * (1 + np.abs(matrix).max())
    for i, j in np.argwhere(np.abs(matrix - matrix.T) > scale):
        raise DataError(
            f"{name}: the matrix is not symmetric: entry [{i}][{j}] is {matrix[i, j]:g}, and"
            f" [{j}][{i}] is {matrix[j, i]:g}",
            hint="write a symmetric matrix, or an upper triangle with zeros beneath it",
        )
