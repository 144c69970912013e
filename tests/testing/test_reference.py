"""The reference simulator is itself checked against PennyLane's."""

import numpy as np
import pennylane as qp
import pytest

from qml.backends.pennylane.translate import operations
from qml.circuits.gates import GATES
from qml.testing import circuits, reference


@pytest.mark.parametrize("name", sorted(GATES))
def test_every_gate(name):
    circuit = circuits.gate_circuit([name])
    found = _density(reference.state(circuit))
    right = _density(_pennylane(circuit))
    np.testing.assert_allclose(found, right, atol=1e-12)


def test_expectations():
    circuit = circuits.entangled()
    tape = qp.tape.QuantumScript(
        operations(circuit), [qp.expval(qp.X(0) @ qp.Y(2)), qp.expval(qp.Z(1))]
    )
    (right,) = qp.execute([tape], qp.device("default.qubit", wires=3))
    x0y2, z1 = circuits.mixed_observables()[1], circuits.pauli_strings(3)[5]
    assert str(z1) == "Z1"
    found = reference.expectations([circuit], [x0y2, z1])[0]
    z0 = reference.expectation(circuit, circuits.mixed_observables()[0])
    np.testing.assert_allclose(found[0], 0.5 * z0 - 1.5 * right[0] + 0.25, atol=1e-12)
    np.testing.assert_allclose(found[1], right[1], atol=1e-12)


def _pennylane(circuit):
    tape = qp.tape.QuantumScript(operations(circuit), [qp.state()])
    device = qp.device("default.qubit", wires=circuit.wires)
    return device.execute([tape])[0]


def _density(state):
    """Free of the global phase."""
    return np.outer(state, state.conj())
