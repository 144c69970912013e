"""Every rewriting into IonQ's standard gates is the gate, up to a global phase."""

import numpy as np
import pytest

from qml.backends.ionq import standard
from qml.circuits import Circuit, Gate
from qml.circuits.gates import GATES, matrix
from qml.testing.circuits import gate_circuit


def unitary(circuit):
    whole = np.eye(2**circuit.wires, dtype=complex)
    for gate in circuit.gates:
        block = matrix(gate.name, gate.params).reshape((2,) * (2 * len(gate.wires)))
        tensor = whole.reshape((2,) * circuit.wires + (-1,))
        k = len(gate.wires)
        moved = np.tensordot(block, tensor, axes=(tuple(range(k, 2 * k)), gate.wires))
        whole = np.moveaxis(moved, tuple(range(k)), gate.wires).reshape(whole.shape)
    return whole


@pytest.mark.parametrize("name", sorted(GATES))
def test_a_rewriting_is_the_gate(name):
    circuit = gate_circuit((name,))
    written = standard.rewrite(circuit)
    assert {gate.name for gate in written.gates} <= standard.SENT
    overlap = np.vdot(unitary(circuit), unitary(written)) / 2**circuit.wires
    assert abs(overlap) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    "gate, one, two",
    [
        (Gate("rzz", (0, 1), (0.3,)), 0, 1),
        (Gate("rxx", (0, 1), (0.3,)), 0, 1),
        (Gate("cphase", (0, 1), (0.3,)), 2, 1),
        (Gate("iswap", (0, 1)), 0, 2),
        (Gate("id", (0,)), 0, 0),
        (Gate("ccnot", (0, 1, 2)), 0, 6),
        (Gate("cswap", (0, 1, 2)), 0, 8),
    ],
)
def test_gates_are_counted_as_they_are_sent(gate, one, two):
    size = standard.size(standard.rewrite(Circuit.of(3, [gate])))
    assert (size.one_qubit, size.two_qubit, size.qubits, size.measured) == (one, two, 3, 3)
