"""The classical ways of choosing: they keep quotas, and are what their papers say."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qml.algorithms.selection import subset_problem
from qml.algorithms.selection.draws import random_subsets
from qml.algorithms.selection.quotas import completable
from qml.algorithms.selection.rivals import dpp, greedy, mmr, top_k
from qml.algorithms.selection.swaps import swapped
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
