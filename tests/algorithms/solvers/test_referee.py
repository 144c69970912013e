"""The referee scores by itself, and stops by itself."""

import numpy as np
import pytest
from algorithms.solvers.problems import random_problem, structured

from qml.algorithms.solvers import Budget, Proposals, solve
from qml.algorithms.solvers.referee import Scores
from qml.errors import ConfigError, PluginError
from qml.ports import SystemClock

PROBLEM = structured("cardinality")
GOOD = np.array([[1, 1, 1, 1, 0, 0, 0, 0, 0, 0]], dtype=np.int8)
BROKEN = np.ones((1, 10), dtype=np.int8)


def scores(budget=None):
    return Scores(PROBLEM, budget or Budget(), SystemClock())


def test_what_breaks_a_constraint_is_never_the_best():
    kept = scores()
    kept.add(Proposals(np.vstack([BROKEN, GOOD]), 2))
    assert np.array_equal(kept.best, GOOD[0])
    assert kept.answer("x", interrupted=False).feasible == 0.5


def test_nothing_feasible_is_told():
    kept = scores()
    kept.add(Proposals(BROKEN, 1))
    answer = kept.answer("x", interrupted=False)
    assert (answer.best, answer.objective, answer.mean, answer.feasible) == (None, None, None, 0.0)


def test_a_bound_that_is_not_reached_is_no_proof():
    value = float(PROBLEM.objectives(GOOD)[0])
    kept = scores()
    kept.add(Proposals(GOOD, 1, bound=value - 1))
    assert not kept.answer("x", interrupted=False).proven
    kept.add(Proposals(GOOD, 1, bound=value))
    assert kept.answer("x", interrupted=False).proven


def test_until_stops_without_shrinking_what_is_left():
    kept = scores(Budget(evaluations=100, until=5))
    kept.add(Proposals(GOOD, 5))
    assert kept.over()
    assert kept.evaluations(1000) == 95


def test_improvements_are_kept_with_their_evaluations():
    answer = solve(random_problem(30, 1), "annealing", budget=Budget(evaluations=20_000))
    values = [step.objective for step in answer.trace]
    assert values == sorted(values, reverse=True)
    assert answer.trace[-1].objective == answer.objective
    assert answer.trace[-1].evaluations <= answer.evaluations


def test_an_unknown_solver_lists_the_known():
    with pytest.raises(PluginError, match="unknown solver `anealing`") as found:
        solve(PROBLEM, "anealing", budget=Budget(evaluations=1))
    assert "annealing" in found.value.hint


@pytest.mark.parametrize(
    ("options", "said"), [({"swepes": 3}, "swepes"), ({"sweeps": 0}, "sweeps")]
)
def test_a_wrong_setting_is_named(options, said):
    with pytest.raises(ConfigError, match=f"option `{said}` of solver `annealing`"):
        solve(PROBLEM, "annealing", budget=Budget(evaluations=1), options=options)


def test_the_smallest_gain_counts():
    samples = np.eye(10, dtype=np.int8)
    problem = random_problem(10, 1)
    ranked = samples[np.argsort(problem.objectives(samples))[::-1]]
    kept = Scores(problem, Budget(), SystemClock())
    for sample in ranked:
        kept.add(Proposals(sample[None], 1))
    assert len(kept.trace) == 10
    assert kept.objective == pytest.approx(float(problem.objectives(samples).min()))


def test_money_is_no_budget_of_a_solver():
    """A limit that nobody keeps would be a false promise; the ledger caps money."""
    with pytest.raises(TypeError, match="dollars"):
        Budget(dollars=1)


def test_what_was_mended_was_not_feasible_as_it_came():
    kept = scores()
    kept.add(Proposals(np.vstack([GOOD, GOOD]), 4, mended=1))
    answer = kept.answer("x", interrupted=False)
    assert (answer.feasible, answer.proposals) == (0.5, 2)
    assert answer.objective is not None
