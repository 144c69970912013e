"""A reference simulator in a few lines of NumPy, slow and plain, that the contract trusts.

It applies each gate's matrix to the axes of its wires and nothing else, so that whoever reads it
can see that it is right.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, Gate, Observable, ZeroProjector
from qml.circuits.gates import matrix

_PAULI = {"X": matrix("x"), "Y": matrix("y"), "Z": matrix("z")}


def state(circuit: Circuit) -> NDArray[np.complex128]:
    """Return the state, shape (2**wires,), wire 0 most significant."""
    psi = np.zeros(2**circuit.wires, dtype=np.complex128)
    psi[0] = 1
    return evolve(circuit.gates, psi)


def evolve(gates: Sequence[Gate], psi: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Apply gates to a state, shape (2**wires,), or to the columns of a matrix (2**wires, any)."""
    wires = len(psi).bit_length() - 1
    tensor = psi.reshape((2,) * wires + psi.shape[1:])
    for gate in gates:
        tensor = _apply(matrix(gate.name, gate.params), gate.wires, tensor)
    return tensor.reshape(psi.shape)


def probabilities(circuit: Circuit) -> NDArray[np.float64]:
    """Return the probability of every bit string by index, shape (2**wires,)."""
    return np.abs(state(circuit)) ** 2


def expectation(circuit: Circuit, observable: Observable | ZeroProjector) -> float:
    """Return the exact expectation of one observable."""
    psi = state(circuit)
    if isinstance(observable, ZeroProjector):
        return float(np.abs(psi[0]) ** 2)
    total = 0.0
    for coefficient, string in observable.terms:
        phi = psi.reshape((2,) * circuit.wires)
        for wire, letter in string:
            phi = _apply(_PAULI[letter], (wire,), phi)
        total += coefficient * float(np.vdot(psi, phi.reshape(-1)).real)
    return total


def expectations(
    circuits: Sequence[Circuit], observables: Sequence[Observable | ZeroProjector]
) -> NDArray[np.float64]:
    """Return exact expectations, shape (circuits, observables)."""
    return np.array([[expectation(c, o) for o in observables] for c in circuits])


def _apply(
    block: NDArray[np.complex128], wires: tuple[int, ...], psi: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    k = len(wires)
    tensor = block.reshape((2,) * (2 * k))
    moved = np.tensordot(tensor, psi, axes=(tuple(range(k, 2 * k)), wires))
    return np.moveaxis(moved, tuple(range(k)), wires)
