from itertools import product

import numpy as np
import pytest
from scipy.stats import dirichlet_multinomial, multinomial

from qml.testing.sequential.mixture import log_fitted, log_mean, log_mixture, priors


def test_the_mixture_is_a_probability_of_sequences():
    every = [np.bincount(s, minlength=3) for s in product(range(3), repeat=5)]
    total = sum(np.exp(log_mixture(tally, priors(3, np.array([0.7, 0.2, 0.1])))) for tally in every)
    assert total == pytest.approx(1)


def test_each_part_is_scipys_dirichlet_multinomial():
    tally, prior = np.array([5, 0, 2, 9]), np.array([0.5, 0.5, 1.5, 2.0])
    sequences = multinomial.logpmf(tally, 16, np.full(4, 0.25)) - 16 * np.log(0.25)
    right = dirichlet_multinomial.logpmf(tally, prior, 16) - sequences
    assert log_mixture(tally, [prior]) == pytest.approx(right)


def test_nothing_explains_counts_better_than_their_frequencies():
    tally = np.array([5, 0, 2, 9])
    assert log_fitted(tally) == pytest.approx(sum(t * np.log(t / 16) for t in (5, 2, 9)))
    assert log_mixture(tally, priors(4)) < log_fitted(tally)


def test_log_mean_does_not_overflow():
    assert log_mean(np.array([2000.0, 2000.0])) == pytest.approx(2000)
    assert log_mean(np.array([-np.inf, 0.0])) == pytest.approx(np.log(0.5))
