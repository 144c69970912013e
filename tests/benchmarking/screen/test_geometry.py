"""The geometric difference: its identities, its bound, and the published trap."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import sqrtm

from qml import engine
from qml.benchmarking.screen.classical import WIDTHS, gaussian, grid
from qml.benchmarking.screen.embedding import Embedding, fidelities
from qml.benchmarking.screen.geometry import (
    geometric_difference,
    model_complexity,
    normalised,
    signed,
)
from qml.benchmarking.screen.verdict import SMALL

RIDGE = 1e-3
REFERENCE = {2: (3.12, 66.9), 4: (2.34, 31.4), 6: (1.46, 16.8)}


@pytest.fixture(scope="module", autouse=True)
def _double():
    engine.setup(precision="float64")


@cache
def reference(features):
    """60 rows in [0, 1], and the ZZ kernel of pi times them, two repetitions."""
    rows = np.random.default_rng(0).uniform(size=(60, features))
    return rows, fidelities(Embedding(name="zz", repeats=2).states(np.pi * rows))


def positive(seed, size=12, rank=12):
    half = np.random.default_rng(seed).normal(size=(size, rank))
    return half @ half.T


@pytest.mark.parametrize("features", REFERENCE)
def test_the_screen_misleads_unless_the_classical_kernel_is_tuned(features):
    tuned, untuned = REFERENCE[features]
    rows, quantum = reference(features)
    found = {
        gamma: geometric_difference(gaussian(rows, gamma), quantum, RIDGE)
        for gamma in (0.1, 1.0, 10.0, 100.0)
    }
    assert min(found.values()) == pytest.approx(tuned, abs=0.005)
    assert found[1.0] == pytest.approx(untuned, abs=0.05)
    assert geometric_difference(quantum, quantum, RIDGE) == pytest.approx(1.0, abs=0.01)


def test_on_the_reference_instance_the_grid_leaves_no_room():
    rows, quantum = reference(6)
    found = min(geometric_difference(k.matrix, quantum, RIDGE) for k in grid(np.pi * rows))
    assert found <= 1.46 <= SMALL


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_it_is_the_norm_of_the_formula(seed):
    classical, quantum = normalised(positive(seed)), normalised(positive(seed + 1, rank=5))
    root = np.real(sqrtm(quantum + 1e-14 * np.eye(12)))
    middle = root @ np.linalg.inv(classical + RIDGE * np.eye(12)) @ root
    expected = np.sqrt(np.linalg.norm(middle, 2))
    assert geometric_difference(classical, quantum, RIDGE) == pytest.approx(expected, rel=1e-4)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_it_bounds_the_complexity_of_any_labels(seed):
    random = np.random.default_rng(seed)
    classical, quantum = positive(seed), positive(seed + 1)
    labels = random.choice([-1.0, 1.0], size=(12, 1))
    g = geometric_difference(classical, quantum, 1e-9)
    ours = model_complexity(quantum, labels, 1e-9)
    assert model_complexity(classical, labels, 1e-9) <= g**2 * ours * (1 + 1e-6)


def test_scale_and_order_of_rows_do_not_matter():
    a, b = positive(1), positive(2)
    order = np.random.default_rng(0).permutation(12)
    moved = np.ix_(order, order)
    expected = geometric_difference(a, b, RIDGE)
    assert geometric_difference(7 * a, 0.1 * b, RIDGE) == pytest.approx(expected)
    assert geometric_difference(a[moved], b[moved], RIDGE) == pytest.approx(expected)


def test_two_classes_are_one_column_and_more_are_one_each():
    assert signed(np.array([0, 1, 1]), 2).tolist() == [[-1], [1], [1]]
    assert signed(np.array([0, 2, 1]), 3).tolist() == [[1, -1, -1], [-1, -1, 1], [-1, 1, -1]]


def test_the_classical_kernels_are_those_of_scikit_learn():
    from sklearn.gaussian_process.kernels import Matern
    from sklearn.metrics.pairwise import laplacian_kernel, rbf_kernel

    rows = np.random.default_rng(0).normal(size=(20, 3))
    found = grid(rows)
    assert len(found) == 3 * len(WIDTHS) + 3
    by_name = {k.family: k for k in found if k.setting.endswith(f"= {_gamma(k, rows):.3g}")}
    assert set(by_name) >= {"rbf", "laplacian", "matern"}
    gamma = 1.0 / np.var(rows, axis=0).sum()
    near = min(found[: len(WIDTHS)], key=lambda k: abs(float(k.setting.split()[-1]) - gamma))
    assert np.allclose(near.matrix, rbf_kernel(rows, gamma=gamma))
    spread = np.abs(rows - rows.mean(axis=0)).mean(axis=0).sum()
    middle = found[len(WIDTHS) + 4]
    assert np.allclose(middle.matrix, laplacian_kernel(rows, gamma=1.0 / spread))
    matern = found[2 * len(WIDTHS) + 4]
    assert np.allclose(matern.matrix, Matern(np.sqrt(1 / gamma), nu=2.5)(rows))


def _gamma(kernel, rows):
    variance = np.var(rows, axis=0).sum()
    scales = {
        "rbf": variance,
        "laplacian": np.abs(rows - rows.mean(axis=0)).mean(axis=0).sum(),
        "matern": np.sqrt(variance),
    }
    return 1.0 / scales.get(kernel.family, np.inf)
