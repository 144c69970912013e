"""Instances have the optima that are published for them."""

import numpy as np
import pytest

from qml.algorithms.solvers import Budget, solve
from qml.problems import compile_model
from qml.problems.instances import boolean_quadratic, labs, max_cut, quadratic_form


def optimum(model):
    answer = solve(model, "exact", budget=Budget())
    assert answer.proven
    return answer


@pytest.mark.parametrize(("n", "energy"), [(3, 1), (4, 2), (5, 2), (6, 7)])
def test_labs_has_the_optimal_energies(n, energy):
    assert optimum(labs(n)).objective == pytest.approx(energy, abs=1e-9)


@pytest.mark.parametrize(
    ("seed", "value", "index"), [(0, -5.004089, 934), (1, -14.886576, 755), (2, -8.261565, 1014)]
)
def test_bqp_10_has_the_optima_of_its_reference(seed, value, index):
    found = optimum(boolean_quadratic(10, 100 + seed))
    assert found.objective == pytest.approx(value, abs=1e-6)
    assert int(found.best @ 2 ** np.arange(10)) == index


def test_bqp_10_without_random_numbers():
    i = np.arange(10)
    decay = np.exp(-((i[:, None] - i) ** 2) / 10)
    found = optimum(quadratic_form(np.cos(1 + 3 * i[:, None] + 7 * i) * decay))
    assert found.objective == pytest.approx(-3.455533, abs=1e-6)
    assert int(found.best @ 2 ** np.arange(10)) == 660


K33 = [(i, 3 + j) for i in range(3) for j in range(3)]
PETERSEN = [e for i in range(5) for e in ((i, (i + 1) % 5), (i, i + 5), (5 + i, 5 + (i + 2) % 5))]
HEAWOOD = [(i, (i + 1) % 14) for i in range(14)] + [(i, (i + 5) % 14) for i in range(0, 14, 2)]
CUBE = [(i, i ^ 1 << k) for i in range(16) for k in range(4) if i < i ^ 1 << k]


@pytest.mark.parametrize(("edges", "cut"), [(K33, 9), (PETERSEN, 12), (HEAWOOD, 21), (CUBE, 32)])
def test_largest_cuts(edges, cut):
    assert optimum(max_cut(edges)).objective == -cut


def test_the_empty_graph_has_no_variables():
    assert compile_model(max_cut([])).size == 0
