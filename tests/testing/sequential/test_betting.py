import numpy as np
import pytest

from qml.testing.sequential.betting import log_wealth


def test_wealth_has_expectation_one_where_the_mean_is_as_said():
    """Over all sequences of three values, weighted by their probability."""
    values, shares = np.array([0.0, 0.4, 1.0]), np.array([0.5, 0.25, 0.25])
    mean = float(values @ shares)
    every = np.array(np.meshgrid(*[range(3)] * 6)).reshape(6, -1).T
    total = sum(
        np.prod(shares[row]) * np.exp(log_wealth(values, np.bincount(row, minlength=3), mean))
        for row in every
    )
    assert total == pytest.approx(1)


def test_it_grows_where_the_mean_is_larger_and_shrinks_where_it_is_not():
    values = np.array([0.0, 1.0])
    assert log_wealth(values, np.array([400, 600]), 0.5) > 10
    assert log_wealth(values, np.array([600, 400]), 0.5) < 0


def test_one_impossible_value_is_worth_much():
    assert log_wealth(np.array([0.0, 1.0]), np.array([1000, 1]), 0.0) > 6
