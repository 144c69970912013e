"""The classical ways of choosing: they keep quotas, and are what their papers say."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qml.algorithms.selection import subset_problem
from qml.algorithms.selection.quotas import completable
from qml.algorithms.selection.rivals import (
    best_of_random,
    dpp,
    greedy,
    mmr,
    random_subsets,
    swap_costs,
    swapped,
    top_k,
)
from qml.problems import Group

WAYS = (top_k, mmr, dpp, greedy)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9), st.booleans(), st.data())
def test_every_way_keeps_size_and_quotas(made, seed, size, overlap, data):
    k = data.draw(st.integers(1, size))
    half = size // 2
    first = Group("a", tuple(range(half)), data.draw(st.integers(0, 2)), 4)
    second = Group("b", tuple(range(half - overlap * bool(half), size)), 0, 3)
    quotas = (first, second)
    assume(completable((), size, k, quotas))
    assume(all(q.low <= len(q.members) for q in quotas))
    problem = made(seed, size, k, quotas=quotas)
    rng = np.random.default_rng(seed)
    for way in WAYS:
        assert problem.holds(way(problem)), way.__name__
    better, used = swapped(problem, greedy(problem))
    assert problem.holds(better)
    assert used >= 0
    assert problem.value(better) >= problem.value(greedy(problem)) - 1e-12
    assert all(problem.holds(list(subset)) for subset in random_subsets(problem, 20, rng))


def test_no_exchange_improves_what_was_swapped(made):
    for seed in range(20):
        problem = made(seed, 12, 4)
        chosen, _ = swapped(problem, top_k(problem))
        assert swap_costs(problem, chosen).min() >= -1e-12


def test_a_swap_costs_the_difference(made):
    problem = made(5, 8, 3)
    costs = swap_costs(problem, (1, 4, 6))
    value = problem.value((1, 4, 6))
    assert costs[0, 3] == pytest.approx(value - problem.value((3, 4, 6)))
    assert costs[2, 0] == pytest.approx(value - problem.value((0, 1, 4)))
    assert np.isinf(costs[:, [1, 4, 6]]).all()


def test_dpp_takes_the_largest_determinant_at_each_step(made):
    problem = made(2, 9, 5)  # five rows of five dimensions: no determinant vanishes before
    scale = np.exp(problem.weight * problem.quality)
    kernel = scale[:, None] * problem.similarity * scale
    chosen: list[int] = []
    for _ in range(5):
        free = [i for i in range(9) if i not in chosen]
        grown = {i: np.linalg.det(kernel[np.ix_([*chosen, i], [*chosen, i])]) for i in free}
        chosen.append(max(grown, key=grown.get))
    assert dpp(problem) == tuple(sorted(chosen))


def test_mmr_takes_the_best_first_and_then_leaves_its_neighbour():
    rows = np.array([[1.0, 0.0], [0.99, 0.1], [0.0, 1.0]])
    assert mmr(subset_problem(rows, np.array([1.0, 0.9, 0.0]), 2, weight=0.3)) == (0, 2)
    assert mmr(subset_problem(rows, np.array([1.0, 0.9, 0.0]), 2, weight=1.0)) == (0, 1)


def test_random_subsets_are_uniform(made):
    for k in (2, 4):  # by repetition, and by sorting
        problem = made(0, 5, k)
        drawn = np.sort(random_subsets(problem, 5000, np.random.default_rng(1)), axis=1)
        _, counts = np.unique(drawn, axis=0, return_counts=True)
        expected = 5000 / len(counts)
        assert len(counts) == (10 if k == 2 else 5)
        assert ((counts - expected) ** 2 / expected).sum() < 30


def test_the_best_of_all_subsets_is_the_optimum(made, optimum):
    problem = made(4, 7, 3)
    chosen, mean, scored = best_of_random(problem, 5000, np.random.default_rng(0))
    best, value = optimum(problem)
    assert chosen == best
    assert mean is not None
    assert mean < value
    assert scored == 5000


def test_where_no_draw_keeps_overlapping_quotas_there_is_none(made):
    problem = made(0, 30, 3, quotas=(Group("a", (0, 1), 2, 2), Group("b", (1, 2), 2, 2)))
    chosen, mean, scored = best_of_random(problem, 5, np.random.default_rng(0))
    assert (chosen, mean, scored) == ((), None, 0)
