"""Dense states: rows of vectors to which unitaries are applied; qubit 0 is most significant."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

States = NDArray[np.complex128]
"""Shape (rows, 2**qubits)."""


def ground(rows: int, qubits: int) -> States:
    """Return |0...0> in every row."""
    states = np.zeros((rows, 1 << qubits), dtype=np.complex128)
    states[:, 0] = 1
    return states


def apply(
    states: States, matrix: NDArray[np.complex128], wires: Sequence[int], qubits: int
) -> States:
    """Apply a matrix of shape (2**k, 2**k) to k wires of every row."""
    rows, k = len(states), len(wires)
    axes = [1 + wire for wire in wires]
    tensor = np.moveaxis(states.reshape((rows, *(2,) * qubits)), axes, range(k))
    turned = (matrix @ tensor.reshape(1 << k, -1)).reshape(tensor.shape)
    return np.moveaxis(turned, range(k), axes).reshape(rows, -1)


def probabilities(states: States) -> NDArray[np.float64]:
    """Return the distribution of every row, shape (rows, 2**qubits)."""
    return np.abs(states) ** 2
