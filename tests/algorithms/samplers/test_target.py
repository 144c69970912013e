"""Problems in spins have the energies of the problem."""

import dimod
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.algorithms.samplers import Target
from qml.algorithms.samplers.exact import Exact, all_spins, indices, spins_of
from qml.errors import DataError, PlanError
from qml.problems import compile_model


def model(seed: int, kind: str) -> dimod.BinaryQuadraticModel:
    return dimod.generators.gnm_random_bqm(5, 8, kind, random_state=seed)


@settings(max_examples=30)
@given(seed=st.integers(0, 500), kind=st.sampled_from(["SPIN", "BINARY"]))
def test_energies_are_those_of_dimod(seed, kind):
    problem = model(seed, kind)
    problem.offset += 1.25
    target = Target.of(compile_model(problem), 1.0)
    spins = all_spins(5)
    values = spins if kind == "SPIN" else (1 - spins) // 2
    expected = problem.energies((values, list(target.names)))
    np.testing.assert_allclose(target.energies(spins), expected, atol=1e-9)
    assert target.spin == (kind == "SPIN")


@settings(max_examples=20)
@given(seed=st.integers(0, 500))
def test_pulls_tell_what_a_flip_costs(seed):
    target = Target.of(compile_model(model(seed, "SPIN")), 1.0)
    spins = all_spins(5)
    for i in range(5):
        flipped = spins.copy()
        flipped[:, i] *= -1
        change = target.energies(flipped) - target.energies(spins)
        np.testing.assert_allclose(change, -2 * spins[:, i] * target.pulls(spins)[:, i], atol=1e-9)


def test_index_and_spins_are_inverse():
    assert all_spins(2).tolist() == [[1, 1], [1, -1], [-1, 1], [-1, -1]]
    assert (indices(all_spins(6)) == np.arange(64)).all()
    assert (spins_of(np.array([5]), 3) == [[-1, 1, -1]]).all()


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), float("inf")])
def test_a_temperature_is_a_positive_number(temperature):
    with pytest.raises(DataError, match="temperature must be a positive number"):
        Target.of(compile_model(model(0, "SPIN")), temperature)


def test_constraints_are_refused():
    problem = dimod.ConstrainedQuadraticModel()
    total = dimod.Binary("a") + dimod.Binary("b")
    problem.set_objective(total)
    problem.add_constraint(total == 1)
    with pytest.raises(DataError, match="has constraints"):
        Target.of(compile_model(problem), 1.0)


def test_too_many_states_are_not_listed():
    with pytest.raises(PlanError, match="21 spins"):
        all_spins(21)


def test_the_exact_distribution(reference):
    exact = Exact.of(reference)
    weights = np.exp(-exact.energies)
    np.testing.assert_allclose(exact.probabilities, weights / weights.sum())
    assert exact.log_partition == pytest.approx(np.log(weights.sum()))
    assert exact.energy == pytest.approx((weights * exact.energies).sum() / weights.sum())


def test_the_expected_distance_is_that_of_independent_samples(reference):
    exact, rng = Exact.of(reference), np.random.default_rng(0)
    drawn = [exact.distance(rng.choice(16, 200, p=exact.probabilities)) for _ in range(500)]
    assert np.mean(drawn) == pytest.approx(exact.expected_distance(200), rel=0.05)


def test_low_temperatures_do_not_overflow(reference):
    from dataclasses import replace

    exact = Exact.of(replace(reference, temperature=1e-4))
    assert exact.probabilities.max() == 1.0
    assert exact.energy == pytest.approx(-3.5)
