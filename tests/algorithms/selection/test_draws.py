"""Random choices: uniform, and their best."""

import numpy as np

from qml.algorithms.selection.draws import best_of_random, random_subsets
from qml.problems import Group


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
