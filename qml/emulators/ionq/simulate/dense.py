"""Dense states: rows of vectors to which unitaries are applied; qubit 0 is most significant."""

from collections.abc import Sequence
from functools import lru_cache

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
    there, back = _orders(tuple(wires), qubits)
    tensor = states.reshape((len(states), *(2,) * qubits)).transpose(there)
    turned = (matrix @ tensor.reshape(len(matrix), -1)).reshape(tensor.shape)
    return turned.transpose(back).reshape(states.shape)


@lru_cache(maxsize=4096)
def _orders(wires: tuple[int, ...], qubits: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Orders of the axes (rows, qubits) that bring the wires to the front, and back."""
    front = [1 + wire for wire in wires]
    there = (*front, *(axis for axis in range(qubits + 1) if axis not in front))
    return there, tuple(there.index(axis) for axis in range(qubits + 1))


def probabilities(states: States) -> NDArray[np.float64]:
    """Return the distribution of every row, shape (rows, 2**qubits)."""
    return np.abs(states) ** 2
