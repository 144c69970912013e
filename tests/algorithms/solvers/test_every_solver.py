"""What every classical solver keeps, on problems of every structure."""

from dataclasses import replace

import numpy as np
import pytest
from algorithms.solvers.problems import STRUCTURES, optimum, random_problem, structured

from qml.algorithms.solvers import Budget, solve
from qml.plugins import names
from qml.problems import Group

SOLVERS = (
    "annealing",
    "exact",
    "greedy",
    "local_search",
    "parallel_tempering",
    "path_integral",
    "tabu",
)
GOING_ON = tuple(n for n in SOLVERS if n not in ("exact", "greedy"))
GOOD = ("annealing", "exact", "local_search", "parallel_tempering", "tabu")


def outcome(answer):
    """Return all that a clock does not measure."""
    best = None if answer.best is None else answer.best.tolist()
    return best, answer.mean, answer.feasible, answer.proposals, answer.evaluations, answer.bound


def test_all_of_them_are_registered():
    assert set(SOLVERS) <= set(names("solvers"))


@pytest.mark.parametrize("kind", STRUCTURES)
@pytest.mark.parametrize("name", GOOD)
def test_it_finds_the_optimum(name, kind):
    problem = structured(kind)
    answer = solve(problem, name, budget=Budget(evaluations=20_000), seed=1)
    assert answer.objective == pytest.approx(optimum(problem), abs=1e-9)


@pytest.mark.parametrize("kind", STRUCTURES)
@pytest.mark.parametrize("name", SOLVERS)
def test_it_keeps_budget_and_constraints_and_repeats(name, kind):
    problem = structured(kind)
    for evaluations in (1, 40, 700):
        answer = solve(problem, name, budget=Budget(evaluations=evaluations), seed=2)
        assert answer.evaluations <= evaluations
        again = solve(problem, name, budget=Budget(evaluations=evaluations), seed=2)
        assert outcome(again) == outcome(answer)
    assert problem.feasible(answer.best[None])[0]
    assert answer.objective == pytest.approx(float(problem.objectives(answer.best[None])[0]))
    assert optimum(problem) - 1e-9 <= answer.objective <= answer.mean + 1e-9


class Ticks:
    """A clock that goes on by one second each time it is read."""

    def __init__(self):
        self.time = 0.0

    def now(self):
        return 0.0

    def monotonic(self):
        self.time += 1.0
        return self.time


@pytest.mark.parametrize("kind", ["free", "quotas", "assignment", "knapsack"])
@pytest.mark.parametrize("name", GOING_ON)
def test_a_run_limited_by_time_is_repeated_by_its_evaluations(name, kind):
    problem = structured(kind)
    first = solve(problem, name, budget=Budget(seconds=4.0), seed=5, clock=Ticks())
    again = solve(problem, name, budget=Budget(until=first.evaluations), seed=5)
    assert outcome(again) == outcome(first)


@pytest.mark.parametrize("name", GOING_ON)
def test_it_stops_on_request_with_what_it_has(name):
    answer = solve(structured("cardinality"), name, budget=Budget(), stop=lambda: True)
    assert answer.interrupted
    assert answer.objective is not None


@pytest.mark.parametrize("kind", ["free", "cardinality"])
@pytest.mark.parametrize("name", ["local_search", "tabu"])
def test_it_begins_where_it_is_told(name, kind):
    problem = structured(kind)
    best = solve(problem, "exact", budget=Budget()).best
    answer = solve(problem, name, budget=Budget(evaluations=100), start=best)
    assert np.array_equal(answer.best, best)


NARROW = {
    "nothing": (Group("none", (0, 1, 2, 3, 4), 0, 0),),
    "everything": (Group("all", (0, 1, 2, 3, 4), 5, 5),),
    "two fixed": (Group("on", (0,), 1, 1), Group("off", (1,), 0, 0)),
    "one group empty": (Group("one", (0, 1), 1, 1), Group("none", (2, 3, 4), 0, 0)),
    "three deep": (
        Group("a", (0, 1, 2, 3, 4), 2, 3),
        Group("b", (0, 1, 2), 1, 2),
        Group("c", (0, 1), 1, 1),
    ),
}


@pytest.mark.parametrize("groups", NARROW.values(), ids=NARROW)
@pytest.mark.parametrize("name", SOLVERS)
def test_where_there_is_hardly_a_choice(name, groups):
    problem = replace(random_problem(5, 0), groups=groups)
    answer = solve(problem, name, budget=Budget(evaluations=1500))
    assert answer.objective == pytest.approx(optimum(problem))
    assert problem.feasible(answer.best[None])[0]


@pytest.mark.parametrize("name", SOLVERS)
def test_one_variable(name):
    problem = random_problem(1, 3)
    answer = solve(problem, name, budget=Budget(evaluations=100))
    assert answer.objective == pytest.approx(optimum(problem))


@pytest.mark.parametrize("kind", ["free", "quotas"])
@pytest.mark.parametrize("name", GOING_ON)
def test_small_problems_are_told_of_often(name, kind):
    """So that a short time is kept: some thousand evaluations of three variables, not seconds."""
    problem, seen = structured(kind) if kind != "free" else random_problem(3, 0), [0]
    solve(
        problem,
        name,
        budget=Budget(evaluations=50_000 if kind == "free" else 5_000),
        watch=lambda scores: seen.append(scores.used),
    )
    most = 100_000 if name in ("annealing", "path_integral", "local_search") else 5_000
    assert np.diff(seen).max() <= most
