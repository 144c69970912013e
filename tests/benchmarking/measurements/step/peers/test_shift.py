import numpy as np
import pytest

from qml.benchmarking.measurements.step.peers.base import Unable
from qml.benchmarking.measurements.step.peers.shift import shifted

CASE = {
    "wires": 2,
    "gates": [],
    "inputs": [[0.1, 0.2], [0.3, 0.4]],
    "weights": [0.5, 0.7, 0.9],
    "inputs_too": False,
}


def expectations(x, w):
    """Two functions with the spectrum of rotations: a constant and one frequency in each weight."""
    return np.stack([np.cos(w[:, 0] + x[:, 0]) * np.sin(w[:, 1]), np.cos(w[:, 2]) + x[:, 1]], 1)


def test_loss_and_gradient_are_those_of_the_function():
    w = np.array(CASE["weights"])
    x = np.array(CASE["inputs"])

    def loss(w):
        return float((expectations(x, np.tile(w, (2, 1))) ** 2).sum())

    value, (gradient,) = shifted(CASE, expectations)(w)
    steps = 1e-6 * np.eye(3)
    slopes = [(loss(w + s) - loss(w - s)) / 2e-6 for s in steps]
    assert value == pytest.approx(loss(w))
    np.testing.assert_allclose(gradient, slopes, atol=1e-8)


def test_gradients_of_the_inputs_are_refused():
    with pytest.raises(Unable, match="inputs"):
        shifted({**CASE, "inputs_too": True}, expectations)
