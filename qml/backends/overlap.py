"""Fidelities from the states of a simulator that has no compiled road for them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, CircuitModel, OverlapFunction

_CHUNK_BYTES = 256 * 2**20

States = Callable[[Sequence[Circuit]], NDArray[np.complexfloating]]


def from_states(model: CircuitModel, states: States) -> OverlapFunction:
    """Make `(left (M, features), right (N, features), weights) -> (M, N)` fidelities.

    Args:
        model: The circuit family.
        states: Maps circuits to states, shape (circuits, 2**wires).

    Returns:
        The function; where `left is right` its matrix is symmetric with ones on the diagonal.
    """

    def of(rows: NDArray[Any], weights: Any) -> NDArray[np.complexfloating]:
        return states([model.build(row, weights) for row in rows])

    def function(left: Any, right: Any, weights: Any) -> NDArray[np.float64]:
        same = left is right
        x, y = np.asarray(left), np.asarray(right)
        found = np.zeros((len(x), len(y)))
        for rows in _chunks(len(x), model.wires):
            one = of(x[rows], weights)
            for columns in _chunks(len(y), model.wires):
                other = one if same and rows == columns else of(y[columns], weights)
                found[rows, columns] = np.abs(one @ other.conj().T) ** 2
        return _symmetric(found) if same else found

    return function


def _chunks(length: int, wires: int) -> Iterator[slice]:
    size = max(1, min(1024, _CHUNK_BYTES // (16 << wires)))
    for start in range(0, length, size):
        yield slice(start, min(start + size, length))


def _symmetric(found: NDArray[np.float64]) -> NDArray[np.float64]:
    upper = np.triu(found, 1)
    return upper + upper.T + np.eye(len(found))
