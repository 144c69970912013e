"""Lowered gates do the same up to a global phase."""

import numpy as np
import pytest

from qml.backends.pennylane.lower import lower
from qml.circuits import Circuit, Gate
from qml.circuits.gates import GATES
from qml.testing import circuits, reference


@pytest.mark.parametrize("name", sorted(GATES))
def test_the_same_state(name):
    circuit = circuits.gate_circuit([name])
    lowered = lower(circuit)
    overlap = np.vdot(reference.state(circuit), reference.state(lowered))
    assert abs(overlap) == pytest.approx(1, abs=1e-12)
    assert all(len(g.params) <= 1 for g in lowered.gates)


def test_a_gate_that_pennylane_has_is_kept():
    circuit = Circuit.of(2, [Gate("rzz", (0, 1), (0.3,))])
    assert lower(circuit) == circuit
