"""Annealing by swaps finds what enumeration proves, on all subsets of the reference."""

import pytest
from algorithms.solvers.problems import random_problem, subset

from qml.algorithms.solvers import Budget, solve
from qml.algorithms.solvers.moves.heat import heat_of


@pytest.mark.parametrize("name", ["annealing", pytest.param("tabu", marks=pytest.mark.long)])
def test_all_twenty_subsets_are_solved(name):
    for seed in range(20):
        problem = subset(seed)
        found = solve(problem, name, budget=Budget(evaluations=25_000), seed=seed)
        assert found.feasible == 1.0
        assert found.objective == pytest.approx(
            solve(problem, "exact", budget=Budget()).objective, abs=1e-9
        )


def test_the_settings_are_what_is_run():
    problem = random_problem(20, 0)
    options = {"sweeps": 10, "reads": 4}
    answer = solve(problem, "annealing", budget=Budget(evaluations=20 * 10 * 4), options=options)
    assert answer.proposals == 4
    assert answer.evaluations == 800


def test_heat_is_in_units_of_the_objective():
    problem = random_problem(20, 0)
    larger = type(problem)(
        names=problem.names,
        linear=7 * problem.linear,
        couplings=7 * problem.couplings,
        offset=0.0,
    )
    assert heat_of(larger) == pytest.approx([7 * heat for heat in heat_of(problem)])
