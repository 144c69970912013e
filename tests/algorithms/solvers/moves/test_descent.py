"""Descents end in local minima, keep groups, and mend limits."""

import numpy as np
import pytest
from algorithms.solvers.problems import all_assignments, structured

from qml.algorithms.solvers.moves.descent import descend, repaired
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.mending import mended, with_one_feasible
from qml.algorithms.solvers.moves.neighbourhood import Neighbourhood
from qml.algorithms.solvers.moves.starts import Starts


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
    found = mended(problem, x)
    assert problem.feasible(found).all()
    kept = problem.feasible(x)
    assert (found[kept] == x[kept]).all()
    assert problem.feasible(with_one_feasible(problem, x)).any()
