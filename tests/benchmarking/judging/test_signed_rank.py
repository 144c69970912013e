"""Signed ranks and flips against SciPy, Demsar's example and definitions."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import wilcoxon

from qml.benchmarking.judging.flips import flip_p_value, least_terms, positive_sums
from qml.benchmarking.judging.signed_rank import signed_rank
from qml.results.tests import mcnemar_exact
from tests.benchmarking.judging.test_ranks import DEMSAR


@pytest.mark.parametrize("count", [5, 12, 30])
def test_p_value_is_scipys_exact_one(count):
    values = np.random.default_rng(count).normal(0.4, 1, count)
    assert signed_rank(values).p_value == pytest.approx(wilcoxon(values, method="exact").pvalue)


def test_demsars_sums_of_ranks():
    found = signed_rank(DEMSAR[:, 1] - DEMSAR[:, 0])
    zeros = 1 + 2  # two ties of zero, whose ranks he splits between both sums
    assert (found.plus + zeros / 2, found.minus + zeros / 2) == (93, 12)
    assert found.p_value < 0.05
    low, high = found.bounds
    assert low < found.estimate < high


@given(st.lists(st.integers(-6, 6), max_size=11))
def test_p_value_counts_the_signs(terms):
    observed = abs(sum(terms))
    kept = [t for t in terms if t]
    sums = [
        abs(sum(s * t for s, t in zip(signs, kept, strict=True)))
        for signs in product((1, -1), repeat=len(kept))
    ]
    assert flip_p_value(terms) == pytest.approx(np.mean(np.array(sums) >= observed))


@given(st.integers(0, 40), st.integers(0, 40))
def test_flips_of_ones_are_mcnemars_test(right, wrong):
    assert flip_p_value([1] * right + [-1] * wrong) == pytest.approx(mcnemar_exact(right, wrong))


def test_very_many_terms_are_approximated_closely():
    rng = np.random.default_rng(0)
    terms = rng.integers(1, 6, 9_000) * rng.choice([-1, 1], 9_000, p=[0.49, 0.51])
    sizes = np.abs(terms)
    sums = 2 * np.arange(sizes.sum() + 1) - sizes.sum()
    exact = positive_sums(sizes)[np.abs(sums) >= abs(terms.sum())].sum()
    assert flip_p_value(terms) == pytest.approx(exact, rel=1e-2)


def test_six_terms_are_the_least_that_can_be_below_five_percent():
    assert least_terms(0.05) == 6
    assert flip_p_value([1] * 6) < 0.05 < flip_p_value([1] * 5)


def test_few_differences_have_no_interval_and_zeros_say_nothing():
    assert signed_rank([0.1] * 5).bounds is None
    assert signed_rank([0.0, 0.0, 0.0]).p_value == 1.0
    assert signed_rank([0.0, 0.0, 0.0]).biserial == 0.0


def test_interval_covers():
    rng = np.random.default_rng(3)
    bounds = [signed_rank(rng.normal(0.2, 1, 15)).bounds for _ in range(150)]
    assert np.mean([low <= 0.2 <= high for low, high in bounds]) >= 0.90
