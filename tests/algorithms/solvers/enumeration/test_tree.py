"""Branch and bound drops nothing that could be better than what it has."""

from dataclasses import replace

import numpy as np
import pytest
from algorithms.solvers.problems import all_assignments, optimum, random_problem, structured

from qml.algorithms.solvers import Budget, Task
from qml.algorithms.solvers.enumeration.tree import search
from qml.algorithms.solvers.referee import Scores
from qml.ports import SystemClock
from qml.problems import Group


def run(problem, incumbent):
    scores = Scores(problem, Budget(), SystemClock())
    for proposals in search(Task(problem=problem, seed=0, left=scores), incumbent):
        scores.add(proposals)
    return scores.answer("tree", interrupted=False)


@pytest.mark.parametrize("seed", range(6))
def test_from_any_incumbent_it_proves_the_optimum(seed):
    problem = replace(random_problem(10, seed), groups=(Group("k", tuple(range(10)), 2, 6),))
    x = all_assignments(10)
    allowed = x[problem.feasible(x)]
    ranked = allowed[np.argsort(problem.objectives(allowed))]
    for incumbent in (None, ranked[-1], ranked[len(ranked) // 2], ranked[3]):
        answer = run(problem, incumbent)
        assert answer.proven
        assert answer.objective == pytest.approx(optimum(problem), abs=1e-9)


def test_the_bound_prunes():
    problem = structured("at_most")
    best = run(problem, None)
    again = run(problem, best.best)
    assert again.evaluations < best.evaluations
    assert again.objective == best.objective
