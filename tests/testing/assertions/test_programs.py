import pytest
from qiskit import QuantumCircuit
from qiskit.circuit import Parameter

from qml.backends.base import Capabilities
from qml.errors import CircuitError, PlanError
from qml.testing import assert_distribution
from qml.testing.assertions.programs import program
from qml.testing.circuits import bell


@pytest.mark.parametrize("thing", [3, "h 0", object, lambda x: None])
def test_what_is_no_program_is_refused(thing):
    with pytest.raises(CircuitError, match="is no circuit"):
        program(thing)


def test_unbound_parameters_are_named():
    made = QuantumCircuit(1)
    made.rx(Parameter("theta"), 0)
    with pytest.raises(CircuitError, match="unbound parameters: theta"):
        program(made)


def test_a_paid_backend_is_refused():
    class Paid:
        name = "ionq"
        capabilities = Capabilities(
            qubits=25, exact=False, samples=True, noise=False, paid=True, remote=True
        )

    with pytest.raises(PlanError, match="past budget and ledger"):
        assert_distribution(bell(), {"00": 0.5, "11": 0.5}, backend=Paid())
