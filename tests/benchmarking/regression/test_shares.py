"""Two shares on different rows, beside Fisher's exact test."""

import pytest

from qml.benchmarking.regression.shares import Side, difference
from qml.results.tests import fisher_exact


@pytest.mark.parametrize(
    ("first", "second"), [((45, 60), (30, 60)), ((280, 300), (262, 310)), ((20, 40), (19, 41))]
)
def test_seeds_that_agree_are_close_to_fisher(first, second):
    (a, n), (b, m) = first, second
    found = difference([(Side([a / n] * 2, n), Side([b / m] * 2, m))])
    assert found.p_value == pytest.approx(fisher_exact(a, n, b, m), rel=0.3)
    assert found.bounds[0] < found.value < found.bounds[1]
    one = difference([(Side([a / n], n), Side([b / m], m))])
    assert one.p_value >= found.p_value, "the luck of one seed is not known"


def test_seeds_that_differ_are_less_sure_and_more_sets_are_surer():
    calm = (Side([0.9] * 3, 100.0), Side([0.7] * 3, 100.0))
    rough = (Side([0.8, 0.9, 1.0], 100.0), Side([0.6, 0.7, 0.8], 100.0))
    assert difference([rough]).p_value > difference([calm]).p_value
    assert difference([calm] * 3).p_value < difference([calm]).p_value


def test_equal_shares_show_nothing():
    assert difference([(Side([1.0], 50.0), Side([1.0], 60.0))]).p_value == 1.0
