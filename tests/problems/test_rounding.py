"""Rounding as a QUBO: the identity, and the published trial of 42 columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.algorithms.solvers import Budget, solve
from qml.problems.rounding import rounding, trial


def geometric(ratios):
    return np.exp(np.mean(np.log(ratios)))


def ratios(solver, budget, columns, options=None):
    for column in columns:
        problem = column.problem()
        answer = solve(problem, solver, budget=budget, options=options)
        yield answer.objective / problem.objectives(column.nearest[None])[0]


@given(st.integers(0, 2**32 - 1), st.integers(1, 8))
def test_the_objective_is_the_square_of_the_change(seed, size):
    random = np.random.default_rng(seed)
    inputs = random.normal(size=(20, size))
    steps, errors = random.uniform(0.1, 2, size), -random.uniform(0, 1, size)
    x = random.integers(0, 2, (5, size)).astype(np.int8)
    wanted = np.square((errors + steps * x) @ inputs.T).mean(1)
    found = rounding(errors, steps, inputs.T @ inputs / 20).objectives(x)
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-12)


def test_the_first_column_is_the_published_one():
    column = next(trial())
    problem = column.problem()
    everything = ((np.arange(4096)[:, None] >> np.arange(12)) & 1).astype(np.int8)
    objectives = problem.objectives(everything)
    assert objectives.argmin() == 2072
    assert objectives.min() == pytest.approx(0.058245, abs=1e-6)
    assert problem.objectives(column.nearest[None])[0] == pytest.approx(0.340344, abs=1e-6)
    answer = solve(problem, "exact", budget=Budget())
    assert answer.proven
    assert answer.objective == pytest.approx(objectives.min(), abs=1e-12)


def test_of_all_columns_the_optimum_is_the_published_share_of_the_nearest():
    found = list(ratios("exact", Budget(), trial()))
    assert len(found) == 42
    assert geometric(found) == pytest.approx(0.133, abs=5e-4)
    assert np.mean(found) == pytest.approx(0.213, abs=6e-4)


@pytest.mark.parametrize(
    ("solver", "evaluations", "options"),
    [("tabu", 4096, {}), ("annealing", 8192, {"sweeps": 16})],
)
def test_heuristics_are_near_the_optimum(solver, evaluations, options):
    budget = Budget(evaluations=evaluations)
    assert 0.1329 <= geometric(list(ratios(solver, budget, trial(), options))) <= 0.14
