"""The data is what its description says."""

import numpy as np

import data


def test_shapes_and_balance():
    features, labels = data.load()
    assert features.shape == (data.ROWS, data.FEATURES)
    assert labels.mean() == 0.5


def test_it_is_the_same_every_time():
    first, second = data.load(), data.load()
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_curve_ends_where_it_begins():
    coefficients = np.ones((2, data.DEGREE, data.FEATURES))
    start, end = data.curve(np.array([0.0, 1.0]), coefficients)
    np.testing.assert_allclose(start, end, atol=1e-12)
