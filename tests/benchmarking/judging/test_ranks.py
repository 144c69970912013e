"""Ranks against Demsar's worked example (JMLR 7, 2006)."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from qml.benchmarking.judging.ranks import cliques, critical_difference, rank, studentized_q

# table 6: area under the curve of C4.5, C4.5+m, C4.5+cf, C4.5+m+cf on 14 data sets
DEMSAR = np.array(
    [
        [0.763, 0.768, 0.771, 0.798],
        [0.599, 0.591, 0.590, 0.569],
        [0.954, 0.971, 0.968, 0.967],
        [0.628, 0.661, 0.654, 0.657],
        [0.882, 0.888, 0.886, 0.898],
        [0.936, 0.931, 0.916, 0.931],
        [0.661, 0.668, 0.609, 0.685],
        [0.583, 0.583, 0.563, 0.625],
        [0.775, 0.838, 0.866, 0.875],
        [1.000, 1.000, 1.000, 1.000],
        [0.940, 0.962, 0.965, 0.962],
        [0.619, 0.666, 0.614, 0.669],
        [0.972, 0.981, 0.975, 0.9749],  # printed .975 twice, ranked 2 and 3 or 3 and 2
        [0.957, 0.978, 0.946, 0.970],
    ]
)


def test_demsars_mean_ranks_and_statistics():
    found = rank(DEMSAR, more=True)
    assert found.mean == pytest.approx([3.143, 2.000, 2.893, 1.964], abs=5e-4)
    assert found.friedman == pytest.approx(9.28, abs=0.005)
    assert found.iman_davenport == pytest.approx(3.69, abs=0.005)
    assert found.p_value < 0.05
    assert found.critical == pytest.approx(1.25, abs=0.005)
    assert critical_difference(4, 14, alpha=0.10) == pytest.approx(1.12, abs=0.005)


def test_demsars_table_of_q():
    published = [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164]
    assert [studentized_q(k) for k in range(2, 11)] == pytest.approx(published, abs=1.1e-3)


def test_statistic_is_scipys_where_nothing_ties():
    values = np.random.default_rng(0).normal(size=(9, 5))
    expected = friedmanchisquare(*values.T).statistic
    assert rank(values, more=True).friedman == pytest.approx(expected)
    assert rank(values, more=False).friedman == pytest.approx(expected)


def test_columns_that_agree_everywhere_are_certain():
    found = rank(np.tile([1.0, 2.0, 3.0], (6, 1)), more=True)
    assert found.mean.tolist() == [3.0, 2.0, 1.0]
    assert found.p_value == 0.0


@given(st.lists(st.floats(1, 9), min_size=1, max_size=9), st.floats(0.1, 5))
def test_cliques_hold_columns_that_are_near_and_none_within_another(mean, critical):
    mean = sorted(mean)
    found = cliques(mean, critical)
    for first, last in found:
        assert mean[last] - mean[first] <= critical
        assert last == len(mean) - 1 or mean[last + 1] - mean[first] > critical
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
