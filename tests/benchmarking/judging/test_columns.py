"""Columns of a suite: intervals of what there is, within what there can be."""

import numpy as np
import pytest

from qml.benchmarking.judging.judgement import judge
from qml.results.intervals import wilson
from tests.benchmarking.worlds import ENERGY, answered, classifiers, measured, suite

COLUMNS = {"iqp": ("quantum", 0.9), "svc": ("classical", 0.95)}


@pytest.mark.parametrize(
    ("sets", "over"), [(1, "rows"), (2, "rows"), (4, "rows"), (5, "data sets")]
)
def test_few_data_sets_have_the_interval_of_their_rows_and_no_ranks(sets, over):
    results = classifiers(np.random.default_rng(0), COLUMNS, sets=sets, rows=20)
    found = judge(suite(results), results)
    assert (found.ranks is None) == (sets < 5)
    for column in found.columns:
        assert column["over"] == over
        assert 0 <= column["low"] < column["mean"] < column["high"] <= 1
        assert column["high"] - column["low"] < 0.45


def test_an_interval_over_rows_is_wilsons_and_over_sets_ends_where_accuracies_do():
    two = [answered("svc", "classical", d, 0, [True] * 29 + [False]) for d in ("a", "b")]
    (column,) = judge(suite(two), two).columns
    assert (column["low"], column["high"]) == pytest.approx(wilson(58, 60))
    rights = (30, 30, 30, 30, 15)
    five = [
        answered("svc", "classical", f"d{i}", 0, np.arange(30) < right)
        for i, right in enumerate(rights)
    ]
    assert judge(suite(five), five).columns[0]["high"] == 1.0


def test_few_data_sets_of_numbers_have_no_interval():
    results = [measured("tabu", "classical", d, s, float(s), ENERGY) for d in "ab" for s in (0, 1)]
    assert judge(suite(results, ENERGY), results).columns[0]["over"] is None
