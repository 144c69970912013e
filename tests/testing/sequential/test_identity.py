import numpy as np
import pytest

from qml.testing.sequential.base import run
from qml.testing.sequential.identity import Identity
from qml.testing.statistics import shots_needed

FLAT = np.full(16, 1 / 16)


def decide(test, truth, seed=0):
    random = np.random.default_rng(seed)
    return run(test, lambda shots, number: random.multinomial(shots, truth))


def test_the_shots_are_weissmans_at_half_the_error_rate():
    test = Identity(FLAT, tolerance=0, epsilon=0.1, delta=2e-6)
    assert test.shots == test.needed == shots_needed(16, 0.1, 1e-6) == 4982


def test_a_right_program_passes_early():
    finding, taken = decide(Identity(FLAT, tolerance=0, epsilon=0.1, delta=1e-6), FLAT)
    assert finding.passed
    assert taken < 0.6 * 4982


def test_an_impossible_outcome_fails_at_once():
    right, wrong = np.array([1.0, 0, 0, 0]), np.array([0.9, 0.1, 0, 0])
    finding, taken = decide(Identity(right, tolerance=0, epsilon=0.1, delta=1e-6), wrong)
    assert finding.passed is False
    assert taken < 400
    assert finding.p_value <= 1e-6


@pytest.mark.parametrize("tolerance", [0.0, 0.05])
def test_a_program_at_the_distance_to_be_seen_fails(tolerance):
    moved = (tolerance + 0.1) / 8
    wrong = FLAT + np.where(np.arange(16) % 2, moved, -moved)
    for seed in range(40):
        test = Identity(FLAT, tolerance=tolerance, epsilon=0.1, delta=1e-4)
        assert decide(test, wrong, seed)[0].passed is False


@pytest.mark.parametrize(
    "right",
    [FLAT, np.array([0.5, 0, 0, 0.5]), np.array([0.9, 0.09, 0.009, 0.001])],
    ids=["flat", "Bell", "steep"],
)
@pytest.mark.parametrize("tolerance", [0.0, 0.05])
def test_false_alarms_stay_below_the_rate(right, tolerance):
    """At the very edge of the tolerance, where they are most likely."""
    edge = right.copy()
    edge[0] -= tolerance
    edge[-1] += tolerance
    alarms = sum(
        decide(Identity(right, tolerance=tolerance, epsilon=0.1, delta=0.1), edge, s)[0].passed
        is False
        for s in range(60)
    )
    assert alarms <= 15  # 6 are expected at the most; 16 have a chance of 2e-4


def test_leakage_rejects_a_healthy_device_without_a_tolerance_only():
    """Bell on a device with TVD 0.1284: chi-squared says p = 0, a tolerance of 0.15 passes."""
    bell = np.array([0.5, 0, 0, 0.5])
    device = np.array([0.4358, 0.0642, 0.0642, 0.4358])
    strict = Identity(bell, tolerance=0, epsilon=0.1, delta=1e-6)
    tolerant = Identity(bell, tolerance=0.15, epsilon=0.1, delta=1e-6)
    assert decide(strict, device)[0].passed is False
    assert decide(tolerant, device)[0].passed


def test_more_shots_see_smaller_differences():
    wrong = FLAT + np.where(np.arange(16) % 2, 0.004, -0.004)  # distance 0.032
    few = Identity(FLAT, tolerance=0, epsilon=0.1, delta=1e-6)
    many = Identity(FLAT, tolerance=0, epsilon=0.1, delta=1e-6, shots=100_000)
    assert decide(few, wrong)[0].passed
    assert decide(many, wrong)[0].passed is False


def test_given_counts_are_judged_at_one_look():
    test = Identity(FLAT, tolerance=0, epsilon=0.1, delta=1e-6, shots=16_000)
    test.see(np.full(16, 1000))
    finding = test.look(last=True)
    assert finding.passed
    assert finding.distance == 0
    assert finding.p_value == 1
