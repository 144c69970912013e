"""Constraints as costs: the optimum of the penalised problem keeps them."""

import dimod
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.algorithms.solvers.qaoa.penalty import penalties
from qml.errors import PlanError
from qml.problems import Arrays, compile_model
from qml.problems.penalty import largest_gain, penalised, violations, whole_row
from qml.problems.slack import with_slack
from qml.problems.structure import Limit


def everything(size):
    return ((np.arange(2**size)[:, None] >> np.arange(size)) & 1).astype(np.int8)


def model(build):
    made = dimod.CQM()
    build(made, [dimod.Binary(f"x{i}") for i in range(5)])
    return compile_model(made)


@given(st.integers(0, 2**32 - 1), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_what_holds_costs_nothing_and_what_does_not_costs_more_than_any_flip(seed, a, b):
    low, high = min(a, b), max(a, b)
    weights = np.random.default_rng(seed).normal(size=(5, 5))

    def build(made, x):
        made.set_objective(sum(weights[i, j] * x[i] * x[j] for i in range(5) for j in range(i)))
        made.add_constraint(sum(x) <= high)
        made.add_constraint(sum(x) >= low)

    problem = model(build)
    slack = with_slack(problem)
    free = penalised(slack)
    samples = everything(free.size)
    extra = free.objectives(samples) - problem.objectives(samples[:, :5])
    least = np.full(32, np.inf)
    np.minimum.at(least, samples[:, :5] @ (1 << np.arange(5)), extra)
    holds = problem.feasible(everything(5))
    assert np.allclose(least[holds], 0)
    assert (least[~holds] >= largest_gain(problem) - 1e-9).all()


def test_fractional_weights_are_scaled():
    """The critic's case: without scaling the violation of 0.1 squared costs less than it gains."""

    def build(made, x):
        made.set_objective(-x[0] - x[1] - x[2])
        made.add_constraint(0.5 * x[0] + 0.25 * x[1] + 0.1 * x[2] == 0.5)

    problem = model(build)
    free = penalised(problem)
    samples = everything(free.size)
    best = samples[[int(np.argmin(free.objectives(samples)))]]
    assert problem.feasible(best).all()


def test_rows_become_whole():
    weights, low, high = whole_row(np.array([0.5, 0.25, 0.1]), 0.31, 0.5)
    assert weights.tolist() == [10, 5, 2]
    assert (low, high) == (7, 10)
    strange = np.array([np.pi])
    assert whole_row(strange, 0.0, 1.0)[0] is strange


def test_wide_constraints_need_slack():
    problem = model(lambda made, x: made.add_constraint(sum(x) <= 3))
    with pytest.raises(PlanError, match="without slack variables"):
        penalised(problem)


@given(st.integers(0, 2**32 - 1), st.integers(0, 4), st.sampled_from([0.0, 0.5]))
@settings(max_examples=20, deadline=None)
def test_all_who_charge_for_violations_charge_the_same(seed, low, width):
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, 4, 5) / 2
    problem = Arrays(
        names=tuple(range(5)),
        linear=rng.normal(size=5),
        couplings=np.zeros((5, 5)),
        offset=0.0,
        limits=(Limit("both", weights, float(low), low + width),),
    )
    samples = everything(5)[:, ::-1]  # in the order of the engine's diagonal
    circuit = penalised(problem, 3.0).objectives(samples) - problem.objectives(samples)
    assert np.allclose(circuit, 3.0 * violations(problem, samples))
    assert np.allclose(circuit, penalties(problem, 3.0))
