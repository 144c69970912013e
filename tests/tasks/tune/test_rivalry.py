"""A sampler is called better than random search only where seeds say so."""

import pytest
import scipy.stats

from qml.tasks.tune.objective import Objective
from qml.tasks.tune.rivalry import regret, rivalry
from qml.tasks.tune.rows import so_far

UP = Objective(metric="x", direction="max")
DOWN = Objective(metric="x", direction="min")


def searches(ours, theirs, objective=UP):
    rows = [("tpe", v) for v in ours] + [("random", v) for v in theirs]
    return [
        {"sampler": name, "trials": len(values), "best_so_far": so_far(values, objective)}
        for name, values in rows
    ]


def test_the_best_so_far():
    assert so_far([None, 1.0, 3.0, None, 2.0], UP) == [None, 1.0, 3.0, 3.0, 3.0]
    assert so_far([2.0, 1.0, 3.0], DOWN) == [2.0, 1.0, 1.0]


def test_without_random_searches_nothing_is_claimed():
    assert rivalry(searches([[1.0]], []), UP, "tpe") is None
    assert rivalry(searches([], [[1.0]]), UP, "random") is None


def test_one_search_each_proves_nothing():
    found = rivalry(searches([[1.0, 3.0]], [[1.0, 2.0]]), UP, "tpe")
    assert found["standing"] == "unknown"
    assert found["ahead_by"] == {"mean": 1.0, "low": None, "high": None}


def test_both_are_looked_at_after_equal_trials():
    found = rivalry(searches([[1.0, 9.0]], [[2.0]]), UP, "tpe")
    assert found["trials"] == 1
    assert found["ahead_by"]["mean"] == -1.0


@pytest.mark.parametrize(
    ("ours", "theirs", "standing"),
    [
        ([9.0, 9.1, 9.2], [5.0, 5.1, 5.3], "ahead"),
        ([5.0, 5.1, 5.3], [9.0, 9.1, 9.2], "behind"),
        ([1.0, 9.0, 2.0], [2.0, 5.0, 3.0], "even"),
    ],
)
def test_several_seeds_decide(ours, theirs, standing):
    found = rivalry(searches([[v] for v in ours], [[v] for v in theirs]), UP, "tpe")
    assert found["standing"] == standing
    assert found["regret"]["tpe"]["mean"] == pytest.approx(
        max(*ours, *theirs) - sum(ours) / len(ours)
    )


def test_the_interval_is_students():
    values = [0.1, 0.4, 0.35, 0.2]
    ours = regret(values)
    low, high = scipy.stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (ours.low, ours.high) == pytest.approx((low, high))


def test_less_can_be_better():
    found = rivalry(searches([[1.0]], [[2.0]], DOWN), DOWN, "tpe")
    assert found["ahead_by"]["mean"] == 1.0
