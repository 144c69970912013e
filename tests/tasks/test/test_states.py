"""States of many circuits at once are those of the reference, one by one."""

import numpy as np

from qml.circuits import Circuit, Gate, ZeroProjector, z
from qml.tasks.test.states import expectations, states
from qml.testing import circuits, reference


def test_states_are_those_of_the_reference():
    made = [
        Circuit.of(3, [Gate("ry", (0,), (a,)), Gate("cnot", (0, 2)), Gate("crx", (2, 1), (a,))])
        for a in (0.3, 1.2)
    ]
    right = np.stack([reference.state(c) for c in made])
    np.testing.assert_allclose(states(made), right, atol=1e-14)


def test_every_gate():
    for names in circuits.gate_groups():
        circuit = circuits.gate_circuit(names)
        np.testing.assert_allclose(states([circuit])[0], reference.state(circuit), atol=1e-12)


def test_expectations_are_those_of_the_reference():
    made = [circuits.entangled()]
    observables = (*circuits.mixed_observables(), z(1), ZeroProjector())
    found = expectations(states(made), observables)
    np.testing.assert_allclose(found, reference.expectations(made, observables), atol=1e-12)
