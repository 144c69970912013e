"""The exact distribution of a noisy circuit, by density matrix in NumPy, slow and plain.

Channels are those of `qml.backends.noise`: after each gate its wires are replaced by the fully
mixed state with probability r; at the end each bit flips with the readout probability.
"""

import numpy as np
from numpy.typing import NDArray

from qml.backends.noise import Rates, refuse_wide_gates
from qml.circuits import Circuit
from qml.circuits.gates import matrix

Density = NDArray[np.complex128]
"""Shape (2,) * 2 n: rows by wire, then columns by wire."""


def noisy_probabilities(circuit: Circuit, rates: Rates) -> NDArray[np.float64]:
    """Return the probability of every bit string by index, shape (2**wires,).

    Raises:
        PlanError: The circuit has a gate on three wires.
    """
    refuse_wide_gates([circuit])
    n = circuit.wires
    rho = np.zeros((2,) * (2 * n), dtype=np.complex128)
    rho[(0,) * (2 * n)] = 1
    for gate in circuit.gates:
        unitary = matrix(gate.name, gate.params)
        rho = _act(unitary, gate.wires, rho)
        rho = _act(unitary.conj(), tuple(w + n for w in gate.wires), rho)
        rate = rates.one_qubit if len(gate.wires) == 1 else rates.two_qubit
        rho = (1 - rate) * rho + rate * _mixed(rho, gate.wires, n)
    found = np.real(np.diagonal(rho.reshape(2**n, 2**n))).reshape((2,) * n)
    for wire in range(n):
        found = (1 - rates.readout) * found + rates.readout * np.flip(found, wire)
    return np.asarray(found.reshape(-1), dtype=np.float64)


def _act(block: Density, axes: tuple[int, ...], tensor: Density) -> Density:
    k = len(axes)
    gate = np.asarray(block).reshape((2,) * (2 * k))
    return np.moveaxis(np.tensordot(gate, tensor, axes=(range(k, 2 * k), axes)), range(k), axes)


def _mixed(rho: Density, wires: tuple[int, ...], n: int) -> Density:
    """Return the state with some wires replaced by the fully mixed state."""
    for wire in wires:
        rest = np.trace(rho, axis1=wire, axis2=wire + n)
        half = np.multiply.outer(np.eye(2) / 2, rest)
        rho = np.moveaxis(half, (0, 1), (wire, wire + n))
    return rho
