import numpy as np
import pytest

from qml.testing.sequential.base import run
from qml.testing.sequential.homogeneity import Homogeneity
from qml.testing.statistics import shots_needed


def decide(test, one, other, seed=0):
    random = np.random.default_rng(seed)
    return run(test, lambda n, _: np.stack([random.multinomial(n, p) for p in (one, other)]))


def test_it_needs_twice_the_shots_of_a_known_distribution():
    test = Homogeneity(16, tolerance=0, epsilon=0.1, delta=2e-6)
    assert test.needed == pytest.approx(2 * shots_needed(16, 0.1, 1e-6), abs=2)


def test_equal_programs_pass_early():
    flat = np.full(16, 1 / 16)
    finding, taken = decide(Homogeneity(16, tolerance=0, epsilon=0.1, delta=1e-6), flat, flat)
    assert finding.passed
    assert taken < 0.6 * 9964


@pytest.mark.parametrize("tolerance", [0.0, 0.1])
def test_unequal_programs_fail(tolerance):
    one = np.full(4, 0.25)
    other = one + np.array([1, 1, -1, -1]) * (tolerance + 0.1) / 2
    for seed in range(20):
        test = Homogeneity(4, tolerance=tolerance, epsilon=0.1, delta=1e-4)
        assert decide(test, one, other, seed)[0].passed is False


@pytest.mark.parametrize("tolerance", [0.0, 0.1])
def test_false_alarms_stay_below_the_rate(tolerance):
    one = np.array([0.6, 0.3, 0.1, 0.0])
    other = one + np.array([-tolerance, 0, 0, tolerance])
    alarms = sum(
        decide(Homogeneity(4, tolerance=tolerance, epsilon=0.2, delta=0.1), one, other, s)[0].passed
        is False
        for s in range(60)
    )
    assert alarms <= 15  # 6 are expected at the most; 16 have a chance of 2e-4


def test_unequal_numbers_of_shots():
    test = Homogeneity(2, tolerance=0, epsilon=0.2, delta=1e-3, shots=1000)
    test.see(np.array([[500, 500], [5000, 5000]]))
    assert test.size == pytest.approx(2 / (1 / 1000 + 1 / 10_000))
    assert test.look(last=True).passed
