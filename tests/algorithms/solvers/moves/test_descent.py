"""Descents end in local minima, keep groups, and mend limits."""

from typing import NamedTuple

import numpy as np
import pytest
from algorithms.solvers.problems import all_assignments, structured

from qml.algorithms.solvers.moves.descent import descend, repaired
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.mending import mended, with_one_feasible
from qml.algorithms.solvers.moves.neighbourhood import Neighbourhood
from qml.algorithms.solvers.moves.purse import Purse
from qml.algorithms.solvers.moves.starts import Starts


class Left(NamedTuple):
    """What is left of a budget."""

    amount: int

    def evaluations(self, most):
        return min(most, self.amount)


def neighbours(problem, x):
    """Yield everything a flip or a swap away that keeps the groups."""
    y = all_assignments(problem.size)
    apart, ones = (y != x).sum(axis=1), y.sum(axis=1) - x.sum()
    near = y[(apart == 1) | ((apart == 2) & (ones == 0))]
    return near[np.all([g.holds(near) for g in problem.groups], axis=0)] if problem.groups else near


@pytest.mark.parametrize("kind", ["cardinality", "one_hot", "quotas", "at_most"])
def test_changes_are_those_of_the_objective_and_all_of_them_are_there(kind):
    problem = structured(kind)
    x = Starts(problem, np.random.default_rng(0)).draw(1)[0]
    walk = Neighbourhood(problem, x)
    moves = walk.moves()
    finite = np.isfinite(moves.changes)
    assert finite.sum() == len(neighbours(problem, x))
    before = problem.objectives(x[None])[0]
    for row, column in np.argwhere(finite):
        y = x.copy()
        for variable, value in ((moves.off[row], 0), (moves.on[column], 1)):
            if variable >= 0:
                y[variable] = value
        change = problem.objectives(y[None])[0] - before
        assert moves.changes[row, column] == pytest.approx(change)


@pytest.mark.parametrize("kind", ["cardinality", "one_hot", "quotas", "at_most"])
def test_a_descent_ends_in_a_local_minimum(kind):
    problem = structured(kind)
    for x in Starts(problem, np.random.default_rng(2)).draw(5):
        walk = Neighbourhood(problem, x)
        assert descend(walk, lambda _: True)
        value = problem.objectives(walk.x[None])[0]
        assert problem.objectives(neighbours(problem, walk.x)).min() >= value - 1e-9


def test_a_descent_that_is_not_paid_for_stops():
    walk = Neighbourhood(structured("cardinality"), np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]))
    assert not descend(walk, lambda _: False)


@pytest.mark.parametrize("kind", ["knapsack", "assignment"])
def test_limits_are_repaired(kind):
    problem = structured(kind)
    x = Starts(laminar(problem), np.random.default_rng(3)).draw(20)
    assert not problem.feasible(x).all()
    assert problem.feasible(repaired(laminar(problem), x)).mean() > 0.9


def test_mending_makes_everything_feasible_and_leaves_the_rest_alone(problem):
    x = np.random.default_rng(4).integers(0, 2, (12, problem.size)).astype(np.int8)
    told = mended(problem, x, Purse(Left(10_000)))
    found, kept = told.samples, problem.feasible(x)
    assert problem.feasible(found).all()
    assert told.mended == (~kept).sum()
    assert told.evaluations >= told.mended or not told.mended
    assert (found[kept] == x[kept]).all()
    one = with_one_feasible(problem, x, Purse(Left(10_000)))
    assert problem.feasible(one.samples).any()
    assert one.mended == (0 if kept.any() else 1)


@pytest.mark.parametrize("kind", ["cardinality", "quotas", "knapsack"])
def test_mending_is_paid_for(kind):
    problem = structured(kind)
    x = np.ones((1, problem.size), dtype=np.int8)
    told = mended(problem, x, Purse(Left(0)))
    assert (told.mended, told.evaluations) == (0, 0)
    assert np.array_equal(told.samples, x)
    assert mended(problem, x, Purse(Left(100), kept=100)).mended == 1


def test_a_purse_holds_back_what_mending_takes():
    purse = Purse(Left(10), kept=4)
    assert not purse.take(7)
    assert purse.whole(2, 9) == 3
    assert purse.mend(4)
    assert not purse.mend(1)
    assert (purse.empty(), purse.taken) == (10, 0)
