"""MMD^2: its two forms agree, and its estimates are unbiased and honest about their error."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.results import mmd

SIGMAS = [0.7, 1.0, 2.0]


def distribution(bits, seed):
    return np.random.default_rng(seed).dirichlet(np.full(2**bits, 0.3))


def strings(bits):
    return (np.arange(2**bits)[:, None] >> np.arange(bits - 1, -1, -1)) & 1


def drawn(p, count, seed):
    bits = len(p).bit_length() - 1
    return strings(bits)[np.random.default_rng(seed).choice(len(p), count, p=p)].astype(np.int8)


@given(bits=st.integers(1, 7), seed=st.integers(0, 2**32), sigma=st.floats(0.2, 5.0))
@settings(max_examples=40, deadline=None)
def test_the_kernel_form_is_the_operator_form(bits, seed, sigma):
    p, q = distribution(bits, seed), distribution(bits, seed + 1)
    rows = strings(bits)
    apart = (rows[:, None, :] != rows[None]).sum(axis=2)
    gram = np.exp(-apart / (2 * sigma**2))
    assert mmd.mmd2(p, q, [sigma]) == pytest.approx((p - q) @ gram @ (p - q), abs=1e-12)


def test_the_published_number():
    # n = 2, sigma = 1: p of the worked IQP circuit against uniform
    p = np.array([0.419511, 0.126406, 0.150629, 0.303454])
    assert mmd.mmd2(p, np.full(4, 0.25), [1.0]) == pytest.approx(0.012139, abs=1e-6)


def test_walsh_is_its_own_inverse_up_to_the_size():
    values = np.random.default_rng(0).normal(size=32)
    assert np.allclose(mmd.walsh(mmd.walsh(values)) / 32, values, atol=1e-13)


def test_bit_0_is_the_most_significant():
    assert mmd.indices(np.array([[1, 0, 0], [0, 0, 1]])).tolist() == [4, 1]
    assert np.argmax(mmd.empirical(np.array([[1, 1, 0]] * 3))) == 6


@pytest.mark.parametrize("same", [True, False])
def test_the_estimate_against_rows_is_unbiased_and_its_interval_covers(same):
    p = distribution(4, 1)
    q = p if same else distribution(4, 2)
    exact = mmd.mmd2(p, q, SIGMAS)
    found = [mmd.against_rows(p, drawn(q, 200, seed), SIGMAS) for seed in range(300)]
    values = np.array([e.value for e in found])
    spread = values.std(ddof=1)
    assert abs(values.mean() - exact) < 4 * spread / np.sqrt(300)
    # where both are the same, the error is estimated from noise alone, and on the safe side
    assert 0.8 * spread < np.mean([e.error for e in found]) < 1.5 * spread
    covered = np.mean([e.interval[0] <= exact <= e.interval[1] for e in found])
    assert covered > 0.9


@pytest.mark.parametrize("same", [True, False])
def test_the_estimate_between_rows_is_unbiased_and_its_interval_covers(same):
    p = distribution(4, 1)
    q = p if same else distribution(4, 2)
    exact = mmd.mmd2(p, q, SIGMAS)
    found = [
        mmd.between_rows(drawn(p, 80, seed), drawn(q, 120, 10_000 + seed), SIGMAS)
        for seed in range(200)
    ]
    values = np.array([e.value for e in found])
    spread = values.std(ddof=1)
    assert abs(values.mean() - exact) < 4 * spread / np.sqrt(200)
    # where both are the same, the error is estimated from noise alone, and on the safe side
    assert 0.8 * spread < np.mean([e.error for e in found]) < 1.5 * spread
    assert np.mean([e.interval[0] <= exact <= e.interval[1] for e in found]) > 0.9


def test_rows_against_themselves_by_the_kernel():
    rows = drawn(distribution(5, 3), 50, 0)
    apart = (rows[:, None, :] != rows[None]).sum(axis=2)
    counted = mmd.distances(rows, rows)
    assert counted.sum(axis=1).tolist() == [50] * 50
    assert np.array_equal(counted @ np.arange(6), apart.sum(axis=1))


def test_a_paired_difference_is_surer_than_two_estimates():
    p, other = distribution(4, 1), distribution(4, 2)
    rows = drawn(distribution(4, 3), 500, 0)
    a, b = (mmd.against_rows(d, rows, SIGMAS) for d in (p, other))
    found = mmd.difference(p, other, rows, SIGMAS)
    assert found.value == pytest.approx(a.value - b.value, abs=1e-12)
    assert found.error < np.hypot(a.error, b.error)


def test_operators_give_the_same_number():
    p, q = distribution(6, 4), distribution(6, 5)
    rows = drawn(q, 4000, 1)
    random = np.random.default_rng(2)
    operators = (random.random((20_000, 6)) < mmd.flip_probability(1.0)).astype(np.int8)
    mean = mmd.walsh(p)[mmd.indices(operators)]
    seen = mmd.walsh(mmd.empirical(rows))[mmd.indices(operators)]
    found = mmd.from_operators(mean, mean**2, seen, len(rows))
    exact = mmd.against_rows(p, rows, [1.0])
    assert abs(found.value - exact.value) < 4 * found.error


def test_total_variation():
    assert mmd.total_variation(np.array([1.0, 0]), np.array([0, 1.0])) == 1.0
