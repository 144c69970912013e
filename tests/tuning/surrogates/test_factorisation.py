import numpy as np
import pytest

from qml.tuning.surrogates.base import Data
from qml.tuning.surrogates.factorisation import _slope, fit_machine, predict, train


def test_prediction_is_the_sum_over_pairs():
    rng = np.random.default_rng(0)
    x = rng.integers(0, 2, (5, 7)).astype(float)
    linear, vectors = rng.standard_normal(7), rng.standard_normal((7, 3))
    expected = 0.3 + x @ linear
    for i in range(7):
        for j in range(i):
            expected += vectors[i] @ vectors[j] * x[:, i] * x[:, j]
    assert predict(0.3, linear, vectors, x) == pytest.approx(expected)


def test_the_slope_is_that_of_the_loss():
    rng = np.random.default_rng(1)
    x = rng.integers(0, 2, (6, 4)).astype(float)
    scores, weights, theta = rng.standard_normal(6), rng.random(6), rng.standard_normal(5 + 24)

    def loss(t):
        errors = predict(t[0], t[1:5], t[5:].reshape(4, 6), x) - scores
        return np.mean(weights * errors**2) / 2 + 0.01 / 2 * np.sum(t[1:] ** 2)

    steps = 1e-6 * np.eye(len(theta))
    expected = [(loss(theta + s) - loss(theta - s)) / 2e-6 for s in steps]
    assert _slope(theta, x, scores, weights) == pytest.approx(expected, abs=1e-6)


def test_a_machine_learns_products_and_draws_differ(encoding_of):
    encoding = encoding_of([2, 3, 2])
    rng = np.random.default_rng(0)
    levels = np.array([[rng.integers(n) for n in encoding.sizes] for _ in range(40)])
    scores = np.where((levels[:, 0] == 1) & (levels[:, 2] == 1), -1.0, 1.0)
    scores = (scores - scores.mean()) / scores.std()
    machine = fit_machine(Data(encoding=encoding, levels=levels, scores=scores))
    one, other = (machine.draw(np.random.default_rng(s), 1.0) for s in (0, 1))
    assert not np.allclose(one.linear, other.linear)
    assert not one.couplings[~encoding.between()].any()
    values = one.values(machine.data.x)
    assert values[scores < 0].max() < values[scores > 0].min()


def test_training_repeats_with_its_seed():
    x = np.eye(4)
    fits = [train(x, np.arange(4.0), np.ones(4), np.random.default_rng(5))[2] for _ in range(2)]
    assert (fits[0] == fits[1]).all()
