"""The solver within its budget, with every way to choose angles, on the engine and on shots."""

from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from algorithms.solvers.problems import optimum, random_problem, structured

from qml.algorithms.solvers import Budget, solve
from qml.algorithms.solvers.qaoa import Options, demand
from qml.algorithms.solvers.qaoa.ansatz import build, choose_mixer
from qml.algorithms.solvers.qaoa.warm import relax, warm_angles
from qml.backends.registry import open_backend
from qml.config.sections import BackendSection
from qml.errors import ConfigError, PlanError
from qml.execution.direct import DirectRunner
from qml.execution.evaluator import BackendEvaluator
from qml.execution.meter import UsageMeter
from qml.problems import Group


class Watched(BackendEvaluator):
    """An evaluator that remembers the places it was asked for."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.places = []

    def begin(self, stage):
        self.places.append(stage)
        super().begin(stage)


def _evaluator(name, shots):
    backend = open_backend(BackendSection(name=name, shots=shots))
    runner = DirectRunner(backend, run=UUID(int=1), meter=UsageMeter())
    return Watched(backend, runner, shots=shots, seed=1)


def _solve(problem, evaluations=2000, evaluator=None, start=None, **options):
    budget = Budget(evaluations=evaluations)
    return solve(
        problem, "qaoa", budget=budget, options=options, evaluator=evaluator, start=start, seed=3
    )


@pytest.mark.parametrize(
    "kind", ["free", "cardinality", "one_hot", "quotas", "at_most", "assignment", "knapsack"]
)
def test_constraints_are_kept_by_the_mixer(kind):
    problem = structured(kind)
    answer = _solve(problem, evaluations=3000)
    assert answer.feasible == 1.0
    assert answer.evaluations == answer.proposals == 3000
    assert answer.objective >= optimum(problem) - 1e-9
    again = _solve(problem, evaluations=3000)
    assert (again.objective, again.mean) == (answer.objective, answer.mean)


def test_a_penalty_pays_for_what_the_x_mixer_breaks():
    answer = _solve(structured("cardinality"), mixer="x")
    assert 0 < answer.feasible < 1
    assert answer.objective is not None


@pytest.mark.parametrize("share", [pytest.param(1.0, marks=pytest.mark.long), 0.2])
def test_descent_improves_on_the_ramp(share):
    problem = random_problem(6, 1)
    ramp = _solve(problem, layers=2)
    found = _solve(problem, layers=2, angles="optimise", iterations=15, cvar=share)
    assert found.mean < ramp.mean
    assert found.evaluations == 2000


def test_a_backend_runs_one_circuit_at_a_place_of_its_own():
    evaluator = _evaluator("aer", 300)
    answer = _solve(random_problem(5, 0), evaluator=evaluator, rounds=2)
    assert evaluator.places == ["qaoa/sample/0", "qaoa/sample/1"]
    assert answer.evaluations == answer.proposals == 600


SLOW = [pytest.param(name, marks=pytest.mark.long) for name in ("default.qubit", "jax", "qsim")]


@pytest.mark.parametrize("name", ["aer", *SLOW])
def test_shots_agree_with_the_engine(name):
    problem = random_problem(5, 0)
    exact = _solve(problem, evaluations=40_000)
    shots = _solve(problem, evaluator=_evaluator(name, 2000))
    assert shots.mean == pytest.approx(exact.mean, abs=0.25)


def test_the_engines_own_backend_takes_the_exact_road():
    problem = random_problem(5, 0)
    evaluator = _evaluator("jax", 0)
    assert _solve(problem, evaluator=evaluator).mean == _solve(problem).mean
    assert not evaluator.places


def test_a_search_by_shots_stays_within_the_budget():
    evaluator = _evaluator("aer", 100)
    options = {"angles": "optimise", "search": "shots", "layers": 1, "iterations": 50}
    answer = _solve(random_problem(4, 0), evaluations=750, evaluator=evaluator, **options)
    assert evaluator.places == [f"qaoa/angles/{i}" for i in range(3)] + ["qaoa/sample/0"]
    assert answer.evaluations == 700


def test_a_search_on_the_engine_buys_the_last_circuit_only():
    evaluator = _evaluator("aer", 100)
    _solve(random_problem(4, 0), evaluator=evaluator, angles="optimise", layers=1, iterations=3)
    assert evaluator.places == ["qaoa/sample/0"]


def test_what_a_plan_counts():
    problem = random_problem(4, 0)
    told = demand(problem, Options(angles="optimise", search="shots", iterations=7, rounds=2))
    assert [tuple(s) for s in told.submissions] == [
        (7, 2, "step towards the angles"),
        (2, 1, "final circuit"),
    ]
    assert (told.layers, told.parameters, told.circuits[0].wires) == (5, 10, 4)


def test_what_cannot_work_is_refused_first():
    problem = random_problem(4, 0)
    with pytest.raises(PlanError, match=r"backend\.shots is 0"):
        _solve(problem, evaluator=_evaluator("aer", 0))
    with pytest.raises(PlanError, match="the budget has 50"):
        _solve(problem, evaluations=50, evaluator=_evaluator("aer", 100))
    with pytest.raises(PlanError, match="xy mixer keeps"):
        _solve(problem, mixer="xy")
    with pytest.raises(PlanError, match="amplitudes"):
        _solve(random_problem(25, 0))
    with pytest.raises(ConfigError, match="layers"):
        _solve(problem, layers=0)


def test_a_warm_start_raises_the_chance_of_its_neighbourhood():
    problem = random_problem(6, 2)
    best = _solve(problem, evaluations=5000).best
    cold, warm = _solve(problem, layers=1), _solve(problem, layers=1, start=best)
    assert warm.mean < cold.mean
    assert _solve(problem, layers=1, start=best, warm_start="none").mean == cold.mean


def test_the_relaxation_bounds_and_rounds():
    problem = random_problem(6, 2)
    x = relax(problem)
    assert ((x >= 0) & (x <= 1)).all()
    fields = np.array([1.0, -1.0, 2.0, -2.0, 0.5, -0.5])
    linear = replace(problem, linear=fields, couplings=np.zeros((6, 6)))
    assert relax(linear) == pytest.approx([0, 1, 0, 1, 0, 1])
    angles = warm_angles(linear, None, Options(warm_start="relaxation", epsilon=0.1), "x")
    assert np.sin(angles / 2) ** 2 == pytest.approx([0.1, 0.9, 0.1, 0.9, 0.1, 0.9])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"warm_start": "start"}, "no assignment"),
        ({"mixer": "grover", "warm_start": "relaxation"}, "x"),
    ],
)
def test_a_warm_start_that_cannot_be_is_refused(options, words):
    with pytest.raises(PlanError, match=words):
        _solve(random_problem(4, 0), **options)


def test_a_small_cardinality_of_many_variables_is_no_large_state():
    wide = replace(random_problem(40, 0), groups=(Group("two", tuple(range(40)), 2, 2),))
    assert choose_mixer(wide, Options()) == "xy"
    assert build(wide, Options(mixer="grover")).costs.shape == (780,)


def test_groups_that_leave_no_choice():
    problem = random_problem(3, 0)
    groups = (Group("a", (0,), 1, 1), Group("b", (1,), 0, 0), Group("c", (2,), 1, 1))
    answer = _solve(replace(problem, groups=groups), evaluations=10)
    assert answer.best.tolist() == [1, 0, 1]
