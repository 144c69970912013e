import numpy as np
import pennylane as qp
import pytest
from qiskit import QuantumCircuit
from qiskit.circuit.library import QFTGate

from qml.circuits import Circuit, Gate
from qml.errors import DataError, PlanError
from qml.testing import assert_unitary_equivalent
from qml.testing.circuits import entangled

RX = Circuit.of(1, [Gate("rx", (0,), (0.3,))])
HZH = Circuit.of(1, [Gate("h", (0,)), Gate("rz", (0,), (0.3,)), Gate("h", (0,))])
CNOT = Circuit.of(2, [Gate("cnot", (0, 1))])
REVERSED = Circuit.of(2, [Gate("cnot", (1, 0))])


def test_programs_and_matrices():
    assert_unitary_equivalent(RX, HZH)
    assert_unitary_equivalent(entangled(), qp.matrix(_entangled, wire_order=[0, 1, 2])())
    assert_unitary_equivalent(_entangled, entangled())


def _entangled():
    qp.RY(0.4, 0)
    qp.RY(1.1, 1)
    qp.RY(2.0, 2)
    qp.CRX(0.9, [0, 2])
    qp.CNOT([2, 1])
    qp.IsingXX(0.7, [1, 0])


def test_qiskits_order_of_bits_is_translated():
    made = QuantumCircuit(3)
    made.append(QFTGate(3), range(3))
    fourier = np.exp(2j * np.pi * np.outer(range(8), range(8)) / 8) / np.sqrt(8)
    assert_unitary_equivalent(made.reverse_bits(), fourier)
    swap = QuantumCircuit(2)
    swap.cx(0, 1)
    assert_unitary_equivalent(swap, CNOT)


def test_a_narrower_program_leaves_the_rest_alone():
    assert_unitary_equivalent(RX, Circuit.of(2, [Gate("rx", (0,), (0.3,))]))


def test_a_phase_is_forgiven_unless_asked():
    z, rz = (Circuit.of(1, [g]) for g in (Gate("z", (0,)), Gate("rz", (0,), (np.pi,))))
    assert_unitary_equivalent(z, rz)
    with pytest.raises(AssertionError, match="they match up to a global phase"):
        assert_unitary_equivalent(z, rz, up_to_global_phase=False)


@pytest.mark.parametrize(
    "one, other, words",
    [
        (CNOT, REVERSED, "wires in reversed order"),
        (entangled(), entangled().inverse(), "one is the inverse"),
        (RX, Circuit.of(1, [Gate("u3", (0,), (0.3, np.pi / 2, -np.pi / 2))]), "inverse"),
        (
            Circuit.of(2, [Gate("ry", (0,), (0.4,)), Gate("rz", (1,), (0.3,))]),
            Circuit.of(2, [Gate("ry", (0,), (0.4,)), Gate("rz", (1,), (-0.3,))]),
            "sign of every angle",
        ),
        (
            Circuit.of(3, [Gate("ry", (0,), (0.4,)), Gate("cnot", (1, 2))]),
            Circuit.of(3, [Gate("ry", (1,), (0.4,)), Gate("cnot", (0, 2))]),
            "wires in the order 1, 0, 2",
        ),
        (RX, np.eye(2), "process fidelity 0.977668"),
    ],
)
def test_differences_are_shown_and_explained(one, other, words):
    with pytest.raises(AssertionError, match=words):
        assert_unitary_equivalent(one, other)


def test_what_is_no_unitary_is_refused():
    with pytest.raises(DataError, match="not unitary"):
        assert_unitary_equivalent(RX, np.ones((2, 2)))
    with pytest.raises(DataError, match="has shape"):
        assert_unitary_equivalent(RX, np.eye(3))
    with pytest.raises(DataError, match="2 rows, the other acts on 2"):
        assert_unitary_equivalent(CNOT, np.eye(2))
    with pytest.raises(PlanError, match="at most 10"):
        assert_unitary_equivalent(Circuit(11, ()), Circuit(11, ()))
