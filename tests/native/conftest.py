"""How far two circuits are from each other, gates applied one by one as plainly as can be."""

from collections.abc import Callable

import numpy as np
import pytest

from qml.circuits import Circuit
from qml.circuits.gates import matrix


def columns(circuit: Circuit, states: np.ndarray) -> np.ndarray:
    """Apply a circuit to states of shape (2**wires, k)."""
    n = circuit.wires
    psi = states.reshape((2,) * n + (-1,))
    for gate in circuit.gates:
        k = len(gate.wires)
        block = matrix(gate.name, gate.params).reshape((2,) * (2 * k))
        psi = np.tensordot(block, psi, axes=(tuple(range(k, 2 * k)), gate.wires))
        psi = np.moveaxis(psi, tuple(range(k)), gate.wires)
    return psi.reshape(2**n, -1)


@pytest.fixture(scope="session")
def distance() -> Callable[..., float]:
    """Largest difference of any entry of two unitaries, up to one global phase."""

    def between(one: Circuit, other: Circuit, states: np.ndarray | None = None) -> float:
        start = np.eye(2**one.wires, dtype=complex) if states is None else states
        left, right = columns(one, start), columns(other, start)
        overlap = np.vdot(left, right)
        return float(np.abs(left * (overlap / abs(overlap)) - right).max())

    return between
