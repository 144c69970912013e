"""Effective sample size and R-hat against chains whose answers are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.results.chains import (
    bulk_effective_sample_size,
    effective_sample_size,
    r_hat,
    split_r_hat,
)


def autoregressive(phi: float, draws: int = 4000, chains: int = 4, seed: int = 0):
    """x' = phi x + noise, started in its stationary distribution: ESS = S (1 - phi) / (1 + phi)."""
    rng = np.random.default_rng(seed)
    x = np.empty((draws, chains))
    x[0] = rng.normal(size=chains) / np.sqrt(1 - phi**2)
    for i in range(1, draws):
        x[i] = phi * x[i - 1] + rng.normal(size=chains)
    return x


@pytest.mark.parametrize("phi", [-0.4, 0.0, 0.5, 0.9])
def test_effective_samples_of_an_autoregression(phi):
    x = autoregressive(phi)
    known = x.size * (1 - phi) / (1 + phi)
    assert effective_sample_size(x) == pytest.approx(known, rel=0.1)
    assert bulk_effective_sample_size(x) == pytest.approx(known, rel=0.1)
    assert r_hat(x) < 1.02


def test_the_mean_of_so_many_effective_samples_has_their_error():
    found = [autoregressive(0.7, 200, 4, seed) for seed in range(200)]
    errors = np.array([x.mean() for x in found])
    told = np.array([x.std() / np.sqrt(effective_sample_size(x)) for x in found])
    assert errors.std() == pytest.approx(np.median(told), rel=0.2)


def test_chains_that_disagree_have_a_large_r_hat():
    x = autoregressive(0.0)
    assert r_hat(x + np.array([0, 0, 0, 3])) > 1.2
    drift = x + np.linspace(0, 3, len(x))[:, None]
    assert r_hat(drift) > 1.2, "halves of a chain that disagree are seen, too"


def test_chains_of_one_mean_and_another_spread_are_found_by_the_folded_draws():
    x = autoregressive(0.0) * np.array([1, 1, 1, 6])
    assert split_r_hat(x) < 1.02
    assert r_hat(x) > 1.2


def test_heavy_tails_do_not_hide_a_chain_that_stands_apart():
    rng = np.random.default_rng(0)
    x = rng.standard_cauchy((1000, 4)) + np.array([0, 0, 0, 2])
    assert split_r_hat(x) < 1.05 < r_hat(x)


def test_r_hat_by_its_formula():
    x = autoregressive(0.5, 101)
    halves = np.concatenate([x[:50], x[-50:]], axis=1)
    within, between = halves.var(axis=0, ddof=1).mean(), halves.mean(axis=0).var(ddof=1)
    assert split_r_hat(x) == pytest.approx(np.sqrt((49 / 50 * within + between) / within))


@pytest.mark.parametrize("x", [np.ones((100, 4)), np.zeros((2, 4)), np.full((50, 2), np.nan)])
def test_draws_that_say_nothing_give_no_number(x):
    assert np.isnan(effective_sample_size(x))
    assert np.isnan(split_r_hat(x))


def test_chains_that_are_stuck_apart_are_worth_next_to_nothing():
    x = np.tile([-1.0, 1.0, 1.0, -1.0], (100, 1))
    assert effective_sample_size(x) < 5
    assert split_r_hat(x) == np.inf


@settings(max_examples=30)
@given(scale=st.floats(0.01, 100), shift=st.floats(-100, 100))
def test_units_do_not_matter(scale, shift):
    x = autoregressive(0.3, 100)
    y = scale * x + shift
    assert effective_sample_size(y) == pytest.approx(effective_sample_size(x), rel=1e-6)
    assert split_r_hat(y) == pytest.approx(split_r_hat(x), rel=1e-6)


@settings(max_examples=30)
@given(st.integers(0, 1000))
def test_ranks_are_all_that_counts_in_bulk(seed):
    x = autoregressive(0.3, 50, seed=seed)
    assert bulk_effective_sample_size(np.exp(x)) == bulk_effective_sample_size(x)
