"""Exchanges: what they cost, and that none is left that helps."""

import numpy as np
import pytest

from qml.algorithms.selection.rivals import top_k
from qml.algorithms.selection.swaps import swap_costs, swapped


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
