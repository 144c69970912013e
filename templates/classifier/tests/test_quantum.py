"""The circuit as a machine shows it: all statistical tests together fail by chance once in 1e6.

Fixtures, marker and assertions come with qml: `pytest --qml-backend qsim --qml-noise forte-1`.
"""

import math

import numpy as np
import pytest
from conftest import ROOT
from qml.algorithms.models import Shape
from qml.algorithms.models.variational import build
from qml.circuits import Circuit, Gate
from qml.testing import assert_distribution, assert_expectation, assert_unitary_equivalent

QUBITS = 3
RING = [(0, 1), (1, 2), (2, 0)]


@pytest.fixture(scope="module")
def circuit(config):
    """The circuit that qml.toml describes, on three qubits and with one layer."""
    small = {"qubits": QUBITS, "layers": 1, "active": None}
    section = config.model.model_copy(update=small)
    return build(section, Shape(features=QUBITS, classes=2), ROOT).circuit.build


def test_a_layer_is_rotations_and_a_ring_of_cnots(circuit):
    angles = np.random.default_rng(0).uniform(-1, 1, (1, QUBITS, 3))
    gates = []
    for qubit, (first, second, third) in enumerate(angles[0].tolist()):
        gates += [Gate("rz", (qubit,), (first,)), Gate("ry", (qubit,), (second,))]
        gates += [Gate("rz", (qubit,), (third,))]
    right = Circuit.of(QUBITS, [*gates, *(Gate("cnot", pair) for pair in RING)])
    assert_unitary_equivalent(circuit(np.zeros(QUBITS), angles), right)


def test_the_ring_passes_a_feature_on(circuit, qml_backend):
    found = circuit(np.array([0.7, 0.0, 0.0]), np.zeros((1, QUBITS, 3)))
    assert_expectation(found, math.cos(0.7), "IZI")
    assert_expectation(found, 1.0, "ZII")


@pytest.mark.quantum(delta=1e-7)
def test_noise_leaves_the_answer_standing(circuit, qml_noise):
    found = circuit(np.array([math.pi, 0.0, 0.0]), np.zeros((1, QUBITS, 3)))
    flipped = np.zeros(2**QUBITS)
    flipped[0b011] = 1.0
    assert_distribution(
        found,
        flipped,
        tolerance=qml_noise.distance(found) + 0.005,
        backend=qml_noise.backend,
    )
