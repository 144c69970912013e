"""VQE on the engine and by shots."""

from uuid import UUID

import pytest
from algorithms.solvers.problems import optimum, random_problem, structured

from qml.algorithms.solvers import Budget, solve
from qml.algorithms.solvers.vqe import Options, demand
from qml.backends.registry import open_backend
from qml.config.sections import BackendSection
from qml.errors import PlanError, PluginError
from qml.execution.direct import DirectRunner
from qml.execution.evaluator import BackendEvaluator
from qml.execution.meter import UsageMeter

PROBLEM = random_problem(4, 0)


def _evaluator(name, shots):
    backend = open_backend(BackendSection(name=name, shots=shots))
    runner = DirectRunner(backend, run=UUID(int=1), meter=UsageMeter())
    return BackendEvaluator(backend, runner, shots=shots, seed=1)


def _solve(problem=PROBLEM, evaluations=2000, evaluator=None, **options):
    budget = Budget(evaluations=evaluations)
    return solve(problem, "vqe", budget=budget, options=options, evaluator=evaluator, seed=3)


def test_descent_on_the_engine_finds_the_optimum():
    short, long = (_solve(iterations=i, layers=1, cvar=1.0) for i in (1, 25))
    assert long.mean < short.mean
    assert long.objective == pytest.approx(optimum(PROBLEM))
    assert long.evaluations == 2000


@pytest.mark.long
def test_broken_constraints_cost_a_penalty():
    problem = structured("cardinality")
    answer = _solve(problem, iterations=5)
    assert 0 < answer.feasible < 1


@pytest.mark.parametrize("search", ["engine", "shots"])
def test_a_backend_runs_the_last_circuit(search):
    options = {"layers": 1, "iterations": 4, "rounds": 2, "search": search}
    answer = _solve(evaluator=_evaluator("aer", 100), **options)
    told = demand(PROBLEM, Options(**options))
    assert answer.evaluations == 100 * sum(s.times * s.circuits for s in told.submissions)
    assert answer.evaluations == (200 if search == "engine" else 1000)


def test_a_search_by_shots_stays_within_the_budget():
    answer = _solve(
        evaluations=550, evaluator=_evaluator("aer", 100), search="shots", iterations=50
    )
    assert answer.evaluations == 500


def test_what_cannot_work_is_refused():
    with pytest.raises(PlanError, match=r"backend\.shots is 0"):
        _solve(evaluator=_evaluator("aer", 0))
    with pytest.raises(PluginError, match="nothing"):
        _solve(ansatz="nothing")
