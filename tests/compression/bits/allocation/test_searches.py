"""Every solver keeps the budget; none is below the proven optimum, none above greedy."""

from dataclasses import replace

import numpy as np
import pytest
from algorithms.solvers.hawq import CASES
from compression.bits.allocation.instances import best, model_like, random_problem
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.algorithms.solvers import Budget
from qml.compression.bits.allocation import Problem
from qml.compression.bits.allocation.greedy import climb
from qml.compression.bits.allocation.searches import QUBO, SOLVERS, search
from qml.compression.bits.allocation.terms import Terms

CLASSICAL = tuple(name for name in SOLVERS if name != "qaoa")
SHORT = Terms(budget=Budget(evaluations=3000))
seeds = st.integers(0, 10**6)


def value(name, problem, terms=SHORT):
    found = search(name, problem, terms)
    assert problem.fits(found.choice)
    return problem.objective(found.choice)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_the_integer_program_is_the_optimum(seed):
    problem = random_problem(seed, 5)
    found = search("ilp", problem, SHORT)
    assert problem.fits(found.choice)
    assert problem.objective(found.choice) == pytest.approx(best(problem), abs=1e-9)
    assert found.bound == pytest.approx(best(problem), abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(seeds, st.sampled_from(CLASSICAL), st.integers(2, 20))
def test_no_solver_is_below_the_optimum_or_above_greedy(seed, name, units):
    problem = random_problem(seed, units)
    found = value(name, problem)
    assert found >= value("ilp", problem) - 1e-9
    assert found <= value("greedy", problem) + 1e-12


@settings(max_examples=15, deadline=None)
@given(seeds, st.sampled_from(["greedy", "annealing", "tabu"]))
def test_pair_terms_are_searched_without_leaving_the_budget(seed, name):
    problem = random_problem(seed, 5, pairs=True)
    assert value(name, problem) >= best(problem) - 1e-9
    assert value(name, problem) <= value("greedy", problem) + 1e-12


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", ["greedy", "annealing", "tabu", "exact"])
def test_within_a_thousandth_of_the_optimum_where_tensors_are_many(name, seed):
    problem = model_like(seed)
    terms = Terms(budget=Budget(evaluations=600_000))
    optimum = value("ilp", problem, terms)
    assert value(name, problem, terms) <= 1.001 * optimum


def test_qaoa_on_a_piece_keeps_the_budget_and_says_what_the_piece_is():
    problem = model_like(0)
    found = search("qaoa", problem, Terms(budget=Budget(), qubits=6))
    assert problem.fits(found.choice)
    assert problem.objective(found.choice) <= value("greedy", problem)
    assert found.evaluations == 1000
    assert found.note.startswith("6 of 210 units, the most undecided")
    assert "above the optimum of this piece" in found.note


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hawq_tables(case):
    """HAWQ-V3, arXiv:2011.10680: layers that add up count as one."""
    problem, members = hawq(case)
    found = search("ilp", problem, SHORT)
    assert problem.objective(found.choice) == pytest.approx(case.optimum, abs=1e-6)
    bits = np.zeros(len(case.gain), dtype=int)
    for one, layers in zip(found.choice, members, strict=True):
        bits[layers] = one
    assert "".join("8" if bit else "4" for bit in bits) == case.bits


def test_greedy_by_ratio_of_hawq_is_the_published_one():
    published = [-1.233207, -1.090490, -1.105039, -0.874317, -0.849114, -0.851108]
    found = []
    for case in CASES:
        problem, _ = hawq(case)
        found.append(problem.objective(climb(problem, problem.smallest())))
    assert found == pytest.approx(published, abs=1e-6)


def hawq(case):
    second = {b: a for a, b in case.ties}
    members = [
        [i, *(b for b, a in second.items() if a == i)]
        for i in range(len(case.gain))
        if i not in second
    ]
    gain, four, eight = (
        np.array([column[layers].sum() for layers in members])
        for column in (case.gain, case.four, case.eight)
    )
    budget = (case.four.sum() + case.eight.sum()) / 2
    costs = np.stack([np.zeros(len(gain)), gain], axis=1)
    problem = Problem(costs=costs, sizes=np.stack([four, eight], axis=1), budget=float(budget))
    return problem, members


@pytest.mark.parametrize("name", ["annealing", "tabu"])
def test_a_search_that_was_cut_short_is_repeated_by_its_evaluations(name):
    problem = random_problem(3, 12, convex=True)
    whole = Terms(budget=Budget(evaluations=30_000), seed=5)
    cut = replace(whole, budget=Budget(evaluations=30_000, until=14_000))
    one, other = search(name, problem, cut), search(name, problem, cut)
    assert one.evaluations == other.evaluations < 30_000
    np.testing.assert_array_equal(one.choice, other.choice)
    again = replace(whole, budget=Budget(evaluations=30_000, until=one.evaluations))
    np.testing.assert_array_equal(search(name, problem, again).choice, one.choice)


def test_time_is_shared_by_all_runs_of_a_search():
    problem = model_like(1)
    found = search("annealing", problem, Terms(budget=Budget(seconds=0.2)))
    assert problem.fits(found.choice)
    assert found.seconds < 3


@pytest.mark.parametrize("name", QUBO[:2])
def test_who_asks_to_stop_gets_an_allocation(name):
    problem = model_like(1)
    found = search(name, problem, Terms(budget=Budget(), stop=lambda: True))
    assert found.interrupted
    assert problem.fits(found.choice)


@pytest.mark.parametrize("name", [*CLASSICAL, "qaoa"])
def test_a_budget_for_everything_leaves_nothing_to_decide(name):
    problem = replace(random_problem(7, 6, convex=True), budget=1e9)
    found = search(name, problem, SHORT)
    np.testing.assert_array_equal(found.choice, np.argmin(problem.costs, axis=1))


@pytest.mark.parametrize("name", [*CLASSICAL, "qaoa"])
def test_a_budget_for_the_smallest_alone_gives_the_smallest(name):
    problem = random_problem(7, 6, convex=True)
    problem = replace(problem, budget=problem.size(problem.smallest()))
    np.testing.assert_array_equal(search(name, problem, SHORT).choice, problem.smallest())
