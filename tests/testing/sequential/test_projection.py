import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from qml.testing.sequential.projection import FLOOR, nearest_divergence


def by_scipy(f, q, tolerance):
    """The same by a general optimiser: p = q + up - down."""
    k = len(f)

    def divergence(x):
        p = np.maximum(q + x[:k] - x[k:], 1e-15)
        return float((f[f > 0] * np.log(f[f > 0] / p[f > 0])).sum())

    found = minimize(
        divergence,
        np.full(2 * k, tolerance / k / 2),
        bounds=[(0, tolerance)] * k + [(0, v) for v in q],
        constraints=[
            {"type": "eq", "fun": lambda x: x[:k].sum() - x[k:].sum()},
            {"type": "ineq", "fun": lambda x: tolerance - x[:k].sum()},
        ],
        method="SLSQP",
        options={"maxiter": 400, "ftol": 1e-12},
    )
    return found.fun


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.02, 0.1, 0.25]))
def test_it_is_the_minimum_of_a_general_optimiser(seed, tolerance):
    random = np.random.default_rng(seed)
    f, q = random.dirichlet(np.ones(5), 2)
    ours = nearest_divergence(f, q, tolerance)
    assert ours <= by_scipy(f, q, tolerance) + 1e-6
    assert ours >= by_scipy(f, q, tolerance) - 1e-4


def test_within_the_tolerance_there_is_no_divergence():
    q = np.array([0.5, 0.5])
    assert nearest_divergence(np.array([0.55, 0.45]), q, 0.05) == 0
    assert nearest_divergence(q, q, 0.0) == 0
    assert nearest_divergence(np.array([0.55, 0.45]), q, 0.0) > 0


def test_an_impossible_outcome_diverges_by_the_floor():
    seen = np.array([0.99, 0.01])
    found = nearest_divergence(seen, np.array([1.0, 0.0]), 0.0)
    assert found == pytest.approx(0.99 * np.log(0.99) + 0.01 * np.log(0.01 / FLOOR), rel=1e-6)


def test_outcomes_never_seen_give_their_probability_for_nothing():
    f, q = np.array([1.0, 0.0, 0.0]), np.array([0.6, 0.3, 0.1])
    assert nearest_divergence(f, q, 0.2) == pytest.approx(np.log(1 / 0.8))
