"""The circuit does what its description says, by PennyLane's own simulator."""

import math

import numpy as np
import pennylane as qp
import pytest

from model import QUBITS, circuit

# PennyLane uses calls that JAX has marked for removal.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def run():
    return qp.QNode(circuit, qp.device("default.qubit", wires=QUBITS))


def test_without_any_angle_the_qubits_stay_where_they_are(run):
    assert run(np.zeros(2), np.zeros((3, 2, 3))) == pytest.approx(1)


def test_half_a_turn_flips_the_first_qubit(run):
    weights = np.zeros((1, 2, 3))
    assert run(np.array([0.0, math.pi]), weights) == pytest.approx(-1)


def test_the_weights_have_the_shape_that_qml_toml_gives(config, outcome, run):
    shape = config.model.weights
    assert run(np.ones(2), np.ones(shape)) != pytest.approx(1)
    assert outcome.model.parameters == math.prod(shape) + 3  # a scale, and a bias for each class
