"""How far the states are from those that Clifford circuits make, which are simulated in no time.

Stabilizer Renyi entropy, L. Leone, S. Oliviero, A. Hamma, Phys. Rev. Lett. 128, 050402 (2022):
M_2 = -log2 (2^-n sum_P <P>^4) over all Pauli strings; 0 for stabilizer states, and only for them.
"""

from math import pi
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit

MOST_QUBITS = 10
"""Up to here all 4^n Pauli strings are looked at."""
NEAR = 0.05
"""Angles so close to a multiple of pi/2 count as Clifford (radians)."""
_ROTATIONS = frozenset({"rx", "ry", "rz", "rxx", "ryy", "rzz"})


def stabilizer_entropy(states: NDArray[np.complex128]) -> float | None:
    """Return the mean M_2 of states (bits), None above ten qubits.

    Args:
        states: Shape (rows, 2**qubits).
    """
    qubits = states.shape[1].bit_length() - 1
    return float(np.mean([_entropy(s, qubits) for s in states])) if qubits <= MOST_QUBITS else None


def largest(qubits: int) -> float:
    """Return the upper bound of M_2, log2((2^n + 1) / 2) (bits)."""
    return float(np.log2((2**qubits + 1) / 2))


def rotations(circuit: Circuit) -> tuple[int, int]:
    """Count rotations, and those of them that are no Clifford gates up to 0.05 radians."""
    angles = np.array([float(g.params[0]) for g in circuit.gates if g.name in _ROTATIONS])
    away = np.abs(angles - pi / 2 * np.round(angles / (pi / 2)))
    return len(angles), int(np.sum(away > NEAR))


def _entropy(state: NDArray[np.complex128], qubits: int) -> float:
    """<X^a Z^b> up to a phase is the Walsh transform over z of conj(psi(z)) psi(z xor a)."""
    index = np.arange(len(state))
    shifted = state[index[None, :] ^ index[:, None]] * state.conj()[None, :]
    fourth = np.abs(_walsh(shifted, qubits)) ** 4
    return max(0.0, float(-np.log2(fourth.sum() / len(state))))


def _walsh(rows: Any, qubits: int) -> Any:
    for bit in range(qubits):
        parts = rows.reshape(len(rows), -1, 2, 2**bit)
        rows = np.stack([parts[:, :, 0] + parts[:, :, 1], parts[:, :, 0] - parts[:, :, 1]], axis=2)
    return rows.reshape(len(rows), -1)
