"""Objective, changes, QUBOs and rivals of the allocation."""

from dataclasses import replace

import numpy as np
import pytest
from compression.bits.allocation.instances import model_like, random_problem
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.algorithms.solvers import Budget
from qml.compression.bits.allocation import Problem, rivals
from qml.compression.bits.allocation.binary import core, limited, steps
from qml.compression.bits.allocation.greedy import greedy, price, repair
from qml.compression.bits.allocation.integer import undominated
from qml.compression.bits.allocation.reduced import reduce
from qml.compression.bits.allocation.searches import search
from qml.compression.bits.allocation.terms import Terms

seeds = st.integers(0, 10**6)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_changes_are_differences_of_objectives(seed):
    problem = random_problem(seed, 5, pairs=True)
    choice = problem.smallest()
    changes = problem.changes(choice)
    for unit, form in np.argwhere(np.isfinite(problem.costs)):
        moved = choice.copy()
        moved[unit] = form
        expected = problem.objective(moved) - problem.objective(choice)
        assert changes[unit, form] == pytest.approx(expected, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_repair_keeps_the_budget_from_anywhere(seed):
    problem = random_problem(seed, 8)
    found = repair(problem, problem.largest())
    assert problem.fits(found)
    assert repair(problem, found).tolist() == found.tolist()


@settings(max_examples=20, deadline=None)
@given(seeds, st.booleans())
def test_the_qubo_is_the_objective_with_a_penalty(seed, pairs):
    """Also for pair terms: energies differ as objectives do where sizes are equal."""
    problem = random_problem(seed, 6, convex=True, pairs=pairs)
    level = price(problem, greedy(problem))
    model = core(problem, level, within=1e9, strength=0.0)
    if model is None:
        return
    rng, unit = np.random.default_rng(seed), float(model.steps.sizes.min())
    for _ in range(5):
        x = prefixes(model.steps.units, rng)
        choice = model.choice(x)
        energy = float(model.arrays.objectives(x[None])[0])
        more = problem.size(choice) - problem.size(model.start)
        change = problem.objective(choice) - problem.objective(model.start)
        assert energy * level * unit == pytest.approx(change + level * more, abs=1e-9)


def prefixes(units, rng):
    """Return assignments in which each unit has its first few bits on."""
    x = np.zeros(len(units), dtype=np.int8)
    for unit in np.unique(units):
        mine = np.flatnonzero(units == unit)
        x[mine[: rng.integers(0, len(mine) + 1)]] = 1
    return x


def test_the_penalty_is_least_at_the_budget():
    problem = model_like(0)
    level = price(problem, greedy(problem))
    soft, hard = (core(problem, level, within=3.0, strength=s).arrays for s in (0.0, 1.0))
    x = np.random.default_rng(0).integers(0, 2, (50, soft.size)).astype(np.int8)
    model = core(problem, level, within=3.0, strength=1.0)
    unit = model.steps.sizes.min()
    over = (x @ model.steps.sizes + problem.size(model.start) - problem.budget) / unit
    np.testing.assert_allclose(hard.objectives(x) - soft.objectives(x), over**2, rtol=1e-9)


def test_steps_follow_the_lower_hull():
    costs = np.array([[1.0, 0.9, 0.2, 0.1]])  # the second is above the hull
    problem = Problem(costs=costs, sizes=np.array([[1.0, 2.0, 3.0, 4.0]]), budget=9.0)
    found = steps(problem)
    assert found.before.tolist() == [0, 2]
    assert found.after.tolist() == [2, 3]
    assert (np.diff(found.changes / found.sizes) >= 0).all()


def test_all_steps_under_a_limit_are_the_same_problem():
    problem = random_problem(3, 6, convex=True)
    model = limited(problem)
    x = prefixes(model.steps.units, np.random.default_rng(0))
    holds = model.arrays.feasible(x[None])[0]
    assert holds == (problem.size(model.choice(x)) <= problem.budget)


def test_formats_that_another_one_beats_are_left_out():
    costs = np.array([[0.5, 0.7, 0.1, 0.1, np.inf]])
    sizes = np.array([[1.0, 2.0, 3.0, 3.0, 0.5]])
    found = undominated(Problem(costs=costs, sizes=sizes, budget=9.0))
    assert found.tolist() == [[True, False, True, False, False]]


def test_the_piece_holds_the_most_undecided_units():
    problem = model_like(2)
    start = greedy(problem)
    model = reduce(problem, start, 8)
    assert model.arrays.size == 8
    rows = np.arange(len(start))
    extra = problem.sizes - problem.sizes[rows, start][:, None]
    with np.errstate(invalid="ignore"):
        rate = -problem.changes(start) / extra
    near = np.abs(np.log(rate[model.units, model.formats] / price(problem, start)))
    others = np.delete(rate, model.units, axis=0)
    with np.errstate(invalid="ignore"):
        assert near.max() <= np.nanmin(np.abs(np.log(others / price(problem, start)))) + 1e-12
    np.testing.assert_array_equal(model.choice(np.zeros(8, dtype=np.int8)), start)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_a_permutation_keeps_the_size_and_the_formats(seed):
    problem = random_problem(seed, 14)
    choice = greedy(problem)
    found = rivals.permuted(problem, choice, seed)
    assert problem.size(found) == problem.size(choice)
    assert problem.fits(found)
    assert sorted(found) == sorted(choice)
    np.testing.assert_array_equal(found, rivals.permuted(problem, choice, seed))


def test_a_permutation_moves_something():
    problem = model_like(0)
    choice = greedy(problem)
    found = rivals.permuted(problem, choice, 1)
    assert (found != choice).mean() > 0.3
    assert problem.objective(found) > 1.2 * problem.objective(choice)


def test_uniform_is_the_widest_within_the_budget():
    problem = model_like(0)
    whole = replace(problem, budget=float(problem.sizes[:, 2].sum()))
    assert rivals.uniform(whole).tolist() == [2] * 210
    assert rivals.uniform(replace(whole, budget=whole.budget - 1)).tolist() == [1] * 210
    assert rivals.uniform(replace(whole, budget=1.0)) is None
    mixed = whole.costs.copy()
    mixed[3, 2] = np.inf
    assert rivals.uniform(replace(whole, costs=mixed)).tolist() == [1] * 210


def test_layers_of_equal_size_are_chosen_as_by_dynamic_programming():
    problem = model_like(4)
    groups = np.repeat(np.arange(30), 7)
    costs = np.stack([problem.costs[groups == g].sum(axis=0) for g in range(30)])
    whole = rivals.grouped(problem, groups, costs)
    found = search("ilp", whole, Terms(budget=Budget()))
    assert whole.objective(found.choice) == pytest.approx(by_layers(whole), abs=1e-9)
    assert problem.fits(found.choice[groups])


def by_layers(problem):
    """Return the optimum by dynamic programming over the bits spent, layer by layer."""
    unit = problem.unit()
    sizes = (problem.sizes / unit).astype(int)
    table = np.zeros(int(problem.budget // unit) + 1)
    for costs, takes in zip(problem.costs, sizes, strict=True):
        after = np.full(len(table), np.inf)
        for cost, take in zip(costs, takes, strict=True):
            after[take:] = np.minimum(after[take:], table[: len(table) - take] + cost)
        table = after
    return float(table[-1])
