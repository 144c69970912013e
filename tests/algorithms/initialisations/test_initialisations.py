from math import pi
from pathlib import Path

import numpy as np
import pytest

from qml.algorithms.models import Shape
from qml.circuits import Circuit, Gate, pauli
from qml.config.sections import ModelSection
from qml.engine import expectation_values, probabilities
from qml.plugins import load

SAMPLES = 60


def deep_circuit(angles: np.ndarray, n: int) -> Circuit:
    """L = 4n layers of RX, RY on each qubit and a chain of CZ: the instance of Zhang et al."""
    gates = []
    for layer in angles.reshape(4 * n, n, 2):
        for wire in range(n):
            gates += [
                Gate("rx", (wire,), (layer[wire, 0],)),
                Gate("ry", (wire,), (layer[wire, 1],)),
            ]
        gates += [Gate("cz", (wire, wire + 1)) for wire in range(n - 1)]
    return Circuit.of(n, gates)


def mean_square_gradient(n: int, draws: list[np.ndarray]) -> float:
    """E[g^2] of one middle parameter by the shift rule, observable Z0 Z1."""
    place = draws[0].size // 2
    place -= place % 2
    circuits = []
    for angles in draws:
        for shift in (pi / 2, -pi / 2):
            moved = angles.copy()
            moved[place] += shift
            circuits.append(deep_circuit(moved, n))
    found = expectation_values(circuits, [pauli("ZZ", (0, 1))], precision="float32")
    plus_minus = np.asarray(found).reshape(-1, 2)
    return float(np.mean(((plus_minus[:, 0] - plus_minus[:, 1]) / 2) ** 2))


@pytest.mark.parametrize(("kind", "steep"), [("uniform", True), ("gaussian", False)])
def test_gaussian_weights_keep_gradients_alive_and_uniform_ones_do_not(kind, steep):
    draw = load("initialisations", kind).draw
    sizes = (2, 4, 6)
    squares = []
    for n in sizes:
        draws = [
            draw((2 * n * 4 * n,), layers=4 * n, locality=2, seed=1000 * n + s)
            for s in range(SAMPLES)
        ]
        squares.append(mean_square_gradient(n, draws))
    slope = np.polyfit(sizes, np.log2(squares), 1)[0]
    assert slope < -0.6 if steep else abs(slope) < 0.4


@pytest.mark.parametrize("ansatz", ["ring", "brickwork", "ising", "real_amplitudes"])
def test_identity_blocks_start_at_the_identity(ansatz):
    section = ModelSection(qubits=3, layers=4, ansatz=ansatz, initialisation="identity_blocks")
    model = load("models", "variational")(section, Shape(features=3, classes=2), Path())
    inputs = np.array([0.3, -0.7, 1.1])
    whole = model.circuit.build(inputs, model.init(5)["weights"])
    encoding = Circuit(3, whole.gates[:3])
    assert np.allclose(probabilities([whole]), probabilities([encoding]), atol=1e-5)


def test_the_gaussian_variance_is_the_formula():
    weights = load("initialisations", "gaussian").draw((100_000,), layers=6, locality=2, seed=0)
    assert np.var(weights) == pytest.approx(1 / (4 * 2 * 8), rel=0.02)


@pytest.mark.parametrize("kind", ["gaussian", "uniform", "identity_blocks"])
def test_the_same_seed_draws_the_same_weights(kind):
    draw = load("initialisations", kind).draw
    one, same, other = (draw((4, 3), layers=4, locality=1, seed=s) for s in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
