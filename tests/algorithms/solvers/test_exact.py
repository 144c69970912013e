"""Proven optima: against dimod, published ones, and integer programs."""

import dimod
import numpy as np
import pytest
from algorithms.solvers.hawq import CASES, knapsack
from algorithms.solvers.problems import (
    all_assignments,
    five_spins,
    optimum,
    random_problem,
    rounding,
    subset,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.algorithms.solvers import Budget, solve
from qml.algorithms.solvers.exact import Options, fits, method_for
from qml.errors import PlanError


def proven(problem, **options):
    answer = solve(problem, "exact", budget=Budget(), options=options)
    assert answer.proven
    return answer


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9), st.integers(0, 10**6), st.sampled_from(["BINARY", "SPIN"]))
def test_it_agrees_with_dimod(n, seed, vartype):
    model = dimod.generators.gnp_random_bqm(n, 0.7, vartype, random_state=seed)
    expected = dimod.ExactSolver().sample(model).first.energy
    assert proven(model).objective == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("n", [15, 17])
def test_blocks_are_joined_rightly(n):
    problem = random_problem(n, n)
    x = all_assignments(n)
    assert proven(problem).objective == pytest.approx(float(problem.objectives(x).min()), abs=1e-9)


def test_two_ways_of_a_proof_agree(problem):
    values = [proven(problem, method=method).objective for method in ("enumerate", "highs")]
    assert values == pytest.approx([optimum(problem)] * 2, abs=1e-6)


@pytest.mark.parametrize(
    ("seed", "value", "members"),
    [
        (0, 1.087579, {3, 6, 10, 12, 16}),
        (1, 1.015388, {1, 3, 5, 14, 16}),
        (2, 0.986082, {6, 7, 14, 21, 22}),
    ],
)
def test_subsets_of_the_reference(seed, value, members):
    answer = proven(subset(seed))
    assert -answer.objective == pytest.approx(value, abs=1e-6)
    assert set(np.flatnonzero(answer.best)) == members


def test_the_five_spins_have_six_ground_states():
    problem = five_spins()
    energies = problem.objectives(all_assignments(5))
    assert energies.min() == -4
    assert np.flatnonzero(energies == -4).tolist() == [2, 6, 8, 23, 25, 29]
    assert proven(problem).objective == -4


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hawq_bit_allocations(case):
    """HAWQ-V3, arXiv:2011.10680: reference section 5.1."""
    answer = proven(knapsack(case))
    assert answer.objective == pytest.approx(case.optimum, abs=1e-6)
    assert "".join("8" if x else "4" for x in answer.best) == case.bits


def test_rounding_of_the_reference():
    problem, nearest = rounding(1)[0]
    answer = proven(problem)
    assert answer.objective == pytest.approx(0.058245, abs=1e-6)
    assert int(answer.best @ 2 ** np.arange(12)) == 2072
    assert float(problem.objectives(nearest[None])[0]) == pytest.approx(0.340344, abs=1e-6)


def test_without_the_evaluations_there_is_no_proof():
    answer = solve(random_problem(18, 1), "exact", budget=Budget(evaluations=2**17))
    assert answer.bound is None
    assert not answer.proven


def test_a_bound_without_an_optimum_is_no_proof():
    problem = random_problem(40, 3, share=0.15)
    answer = solve(problem, "exact", budget=Budget(evaluations=1))
    assert answer.bound is None or answer.objective is None or answer.bound <= answer.objective


def test_sparse_problems_go_to_highs():
    problem = random_problem(40, 3, share=0.1)
    answer = proven(problem)
    assert answer.objective == pytest.approx(
        solve(problem, "tabu", budget=Budget(evaluations=100_000)).objective, abs=1e-6
    )


def test_what_is_out_of_reach_is_refused():
    problem = random_problem(60, 1)
    assert not fits(problem)
    with pytest.raises(PlanError, match="cannot prove an optimum of 60 variables with 1,770"):
        method_for(problem, Options())


def test_the_first_descents_are_paid_for():
    """An incumbent that cost nothing would make a budget of 60 larger than anybody else's."""
    problem = subset(0)
    short = solve(problem, "exact", budget=Budget(evaluations=60))
    long = solve(problem, "exact", budget=Budget(evaluations=2000))
    assert short.evaluations <= 60
    assert short.objective is None or short.objective > long.objective
