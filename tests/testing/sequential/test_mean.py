import numpy as np
import pytest

from qml.errors import PlanError
from qml.testing.sequential.base import run
from qml.testing.sequential.mean import Mean


def decide(test, truth, seed=0):
    """Values are -1 and 1."""
    random = np.random.default_rng(seed)

    def draw(shots, number):
        ones = random.binomial(shots, (1 + truth) / 2)
        return np.array([1.0, -1.0]), np.array([ones, shots - ones])

    return run(test, draw)


def make(expected, *, tolerance=0.0, epsilon=0.1, delta=1e-6, shots=None):
    sizes = {"tolerance": tolerance, "epsilon": epsilon, "delta": delta}
    return Mean(expected, low=-1, high=1, shots=shots, **sizes)


@pytest.mark.parametrize("expected", [0.0, 0.7, 1.0, -1.0])
def test_a_right_program_passes(expected):
    finding, taken = decide(make(expected), expected)
    assert finding.passed
    assert taken <= make(expected).needed


@pytest.mark.parametrize("expected, truth", [(0.0, 0.1), (0.0, -0.1), (1.0, 0.9), (-0.5, -0.4)])
def test_a_program_at_the_distance_to_be_seen_fails(expected, truth):
    assert all(decide(make(expected), truth, s)[0].passed is False for s in range(30))


def test_a_tolerance_forgives():
    assert decide(make(1.0, tolerance=0.2), 0.8)[0].passed
    assert decide(make(1.0, tolerance=0.2), 0.7)[0].passed is False


@pytest.mark.parametrize("expected, tolerance", [(0.0, 0.0), (0.9, 0.0), (1.0, 0.2), (0.3, 0.1)])
def test_false_alarms_stay_below_the_rate(expected, tolerance):
    truth = expected - tolerance
    alarms = sum(
        decide(make(expected, tolerance=tolerance, delta=0.1), truth, s)[0].passed is False
        for s in range(60)
    )
    assert alarms <= 15  # 6 are expected at the most; 16 have a chance of 2e-4


def test_early_stopping_saves_more_than_half():
    assert decide(make(0.0), 0.0)[1] < make(0.0).needed / 2


def test_certainty_needs_few_shots():
    assert make(1.0).needed < 400
    assert make(0.0).needed > 10_000


def test_more_shots_see_smaller_differences():
    assert decide(make(0.0), 0.03)[0].passed
    assert make(0.0, shots=200_000).resolution < 0.03
    assert decide(make(0.0, shots=200_000), 0.03)[0].passed is False


def test_bets_profit_from_a_small_variance():
    """Values of a sum that hardly vary: a difference far below the range shows at once."""
    test = Mean(0.0, low=-10, high=10, tolerance=0, epsilon=1.0, delta=1e-6)
    test.see((np.array([0.4]), np.array([2000])))
    finding = test.look(last=False)
    assert finding.passed is False
    assert finding.by == "bets"


def test_what_cannot_be_is_refused():
    with pytest.raises(PlanError, match=r"can be 1\.5"):
        make(1.5)
    with pytest.raises(PlanError, match="every possible mean is nearer"):
        make(0.0, epsilon=1.5)
