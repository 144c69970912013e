from functools import partial

import numpy as np
import pennylane as qp
import pytest
from qiskit.quantum_info import Pauli, SparsePauliOp

from qml.circuits import Circuit, Gate, ZeroProjector, pauli
from qml.errors import CircuitError, DataError, PlanError
from qml.testing import assert_expectation
from qml.testing.circuits import bell, entangled
from qml.testing.reference import expectation
from qml.testing.suite.trial import current

pytestmark = pytest.mark.usefixtures("plain")

RY = Circuit.of(2, [Gate("ry", (0,), (0.7,))])


@pytest.mark.parametrize(
    "observable",
    [
        "ZI",
        {"ZI": 1.0},
        pauli("Z", (0,)),
        qp.Z(0),
        SparsePauliOp("IZ"),  # Qiskit writes qubit 0 last
        Pauli("IZ"),
    ],
    ids=["letters", "mapping", "qml", "PennyLane", "Qiskit sum", "Qiskit Pauli"],
)
def test_observables_of_every_make(observable):
    assert_expectation(RY, np.cos(0.7), observable)
    with pytest.raises(AssertionError, match=r"is 0\.7\d+, expected 0\.5"):
        assert_expectation(RY, 0.5, observable)


def test_sums_in_several_bases():
    energy = {"ZII": 0.5, "XYI": -1.5, "III": 0.25, "IXX": 0.4}
    observable = SparsePauliOp([k[::-1] for k in energy], list(energy.values()))
    right = expectation(entangled(), _sum(energy))
    assert_expectation(entangled(), right, energy, epsilon=0.3)
    assert_expectation(entangled(), right, observable, epsilon=0.3)
    with pytest.raises(AssertionError):
        assert_expectation(entangled(), right + 0.4, energy, epsilon=0.3)


def _sum(energy):
    from qml.testing.assertions.observables import observable_of

    return observable_of(energy, None)


def test_the_expectation_that_a_quantum_function_returns():
    @qp.qnode(qp.device("default.qubit"))
    def circuit(x):
        qp.RX(x, wires="q")
        return qp.expval(qp.Z("q"))

    assert_expectation(partial(circuit, 0.3), np.cos(0.3))
    with pytest.raises(AssertionError, match="it matches with the opposite sign"):
        assert_expectation(partial(circuit, 0.3), -np.cos(0.3))
    with pytest.raises(CircuitError, match="no observable was given"):
        assert_expectation(bell(), 0.5)


def test_the_zero_projector_is_a_kernel():
    assert_expectation(bell(), 0.5, ZeroProjector())
    with pytest.raises(AssertionError):
        assert_expectation(bell(), 0.8, ZeroProjector())


def test_counts_for_an_observable_of_z():
    assert_expectation({"00": 500, "11": 500}, 1.0, "ZZ")
    with pytest.raises(AssertionError, match="multiplied by 2"):
        assert_expectation({"00": 9000, "11": 3000}, 1.0, "ZI")
    with pytest.raises(DataError, match="say nothing of X0"):
        assert_expectation({"00": 500, "11": 500}, 0.0, "XI")
    with pytest.raises(PlanError, match="20 shots cannot show"):
        assert_expectation({"00": 10, "11": 10}, 0.0, "ZI")
    with pytest.raises(AssertionError, match="opposite sign"):
        assert_expectation({"00": 20}, -1.0, "ZI")


def test_no_shots_are_exact():
    spent = current().spent
    assert_expectation(RY, np.cos(0.7), "ZI", shots=0)
    with pytest.raises(AssertionError, match="nothing is random"):
        assert_expectation(RY, np.cos(0.7) + 0.01, "ZI", shots=0)
    assert_expectation(RY, np.cos(0.7) + 0.01, "ZI", shots=0, tolerance=0.01)
    assert spent == []


def test_a_tolerance_forgives():
    assert_expectation(RY, 1.0, "ZI", tolerance=0.25)
    with pytest.raises(AssertionError, match=r"0\.05 tolerated"):
        assert_expectation(RY, 1.0, "ZI", tolerance=0.05)


def test_what_is_no_observable_is_refused():
    with pytest.raises(CircuitError, match="is no observable"):
        assert_expectation(RY, 0.0, 3)
    with pytest.raises(CircuitError, match="not a Pauli string"):
        assert_expectation(RY, 0.0, "ZA")
    with pytest.raises(CircuitError, match="nothing is measured"):
        assert_expectation(RY, 0.0, "II")
    with pytest.raises(CircuitError, match="complex"):
        assert_expectation(RY, 0.0, SparsePauliOp("ZI", [1j]))
