import pytest

from qml.backends.base import Capabilities
from qml.backends.check import check
from qml.circuits import Circuit, Work, z
from qml.errors import PlanError

PAIR = (Circuit(2, ()),)


def able(**changes):
    return Capabilities(**({"qubits": 4, "exact": True, "samples": True, "noise": False} | changes))


@pytest.mark.parametrize(
    "work, capabilities, message",
    [
        (Work(circuits=(Circuit(5, ()),), shots=1), able(), "runs 4 qubits here, a circuit has 5"),
        (Work(circuits=PAIR, shots=1, observables=(z(0),)), able(), "at once"),
        (Work(circuits=PAIR), able(), "neither shots nor observables"),
        (Work(circuits=PAIR, shots=1), able(samples=False), "gives no counts"),
        (Work(circuits=PAIR, observables=(z(0),)), able(exact=False), "no exact expectations"),
    ],
)
def test_what_lies_outside_the_capabilities_is_refused(work, capabilities, message):
    with pytest.raises(PlanError, match=message):
        check(work, capabilities, name="mine")


@pytest.mark.parametrize("work", [Work(circuits=PAIR, shots=1), Work(circuits=(), shots=0)])
def test_the_rest_is_let_through(work):
    check(work, able(), name="mine")
