"""The problem is the formula, as dimod and the solvers see it."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.algorithms.selection import subset_problem
from qml.algorithms.selection.instances import clustered
from qml.errors import DataError, PlanError
from qml.problems import Group


def by_hand(rows, quality, chosen, weight):
    """Write the formula down as the paper has it."""
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    scaled = (quality - quality.min()) / np.ptp(quality)
    k = len(chosen)
    pairs = sum(1 - unit[i] @ unit[j] for i in chosen for j in chosen if i != j)
    return weight * scaled[list(chosen)].mean() + pairs / (k * (k - 1))


def test_the_objective_is_the_formula():
    rng = np.random.default_rng(3)
    rows, quality = rng.normal(size=(7, 4)), rng.normal(size=7)
    problem = subset_problem(rows, quality, 3, weight=0.3)
    for chosen in combinations(range(7), 3):
        assert problem.value(chosen) == pytest.approx(by_hand(rows, quality, chosen, 0.3))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 9), st.data())
def test_model_and_arrays_say_the_same(made, every, seed, size, data):
    problem = made(seed, size, data.draw(st.integers(1, size)))
    arrays, model = problem.arrays(), problem.model()
    places = np.array(arrays.names)
    for subset in every(problem)[:20]:
        bits = np.isin(places, subset).astype(np.int8)
        expected = -problem.value(subset)
        assert arrays.objectives(bits[None])[0] == pytest.approx(expected, abs=1e-12)
        sample = {int(p): int(b) for p, b in zip(places, bits, strict=True)}
        assert model.objective.energy(sample) == pytest.approx(expected, abs=1e-12)
        assert model.check_feasible(sample)
        assert arrays.feasible(bits[None])[0]


def test_values_of_many_are_those_of_each(made, every):
    problem = made(0, 8, 4)
    subsets = every(problem)
    expected = [problem.value(subset) for subset in subsets]
    assert np.allclose(problem.values(subsets), expected, atol=1e-14)


def test_quotas_are_constraints_of_the_model(made):
    problem = made(1, 8, 4, quotas=(Group("a", (0, 1, 2), 1, 2),))
    model = problem.model()
    assert set(model.constraints) == {"cardinality", "a at least", "a at most"}
    assert problem.holds((0, 1, 3, 4))
    assert not problem.holds((0, 1, 2, 4))
    assert not problem.holds((3, 4, 5, 6))
    assert not problem.holds((0, 3, 4))


OPTIMA = [
    (1.087579, (3, 6, 10, 12, 16)),
    (1.015388, (1, 3, 5, 14, 16)),
    (0.986082, (6, 7, 14, 21, 22)),
]


@pytest.mark.parametrize("seed", range(3))
def test_the_published_instances_have_their_optima(optimum, seed):
    chosen, value = optimum(clustered(seed))
    assert (round(value, 6), chosen) == OPTIMA[seed]


def test_without_quality_only_distance_counts():
    rows = np.eye(4)
    assert subset_problem(rows, None, 2).value((0, 1)) == pytest.approx(1.0)
    assert subset_problem(rows, np.full(4, -1.0), 2).value((0, 1)) == pytest.approx(1.0)


def test_lengths_of_embeddings_do_not_matter(made):
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(5, 3))
    short, long = (subset_problem(rows * f, None, 2).value((0, 3)) for f in (0.1, 10.0))
    assert short == pytest.approx(long)


@pytest.mark.parametrize("k", [0, 6, -1])
def test_k_lies_between_1_and_n(k):
    with pytest.raises(DataError, match=f"{k} of 5 cannot be chosen"):
        subset_problem(np.eye(5), None, k)


def test_numbers_that_cannot_be_used_are_named():
    with pytest.raises(DataError, match="embedding of answer 1 is zero"):
        subset_problem(np.array([[1.0, 0.0], [0.0, 0.0]]), None, 1)
    with pytest.raises(DataError, match="embedding has an entry that is not finite"):
        subset_problem(np.array([[1.0, np.nan]]), None, 1)
    with pytest.raises(DataError, match="quality is not finite"):
        subset_problem(np.eye(2), np.array([0.0, np.nan]), 1)
    with pytest.raises(DataError, match=r"qualities of shape \(3,\)"):
        subset_problem(np.eye(2), np.zeros(3), 1)
    with pytest.raises(DataError, match=r"shape \(3,\), not"):
        subset_problem(np.zeros(3), None, 1)


def test_impossible_quotas_are_refused():
    with pytest.raises(PlanError, match="quota `a` asks for 3, but 2 are chosen"):
        subset_problem(np.eye(5), None, 2, quotas=(Group("a", (0, 1, 2), 3, 3),))
