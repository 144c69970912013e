import numpy as np
import pytest

from qml.benchmarking.measurements.step.client import Time
from qml.benchmarking.measurements.step.rounds import FEWEST, SAMPLE, in_turns, interval, ratios


class Clocked:
    """A step that takes the time it is said to take."""

    def __init__(self, name: str, seconds: float, log: list) -> None:
        self.name, self.seconds, self.log = name, seconds, log

    def __call__(self, steps: int) -> Time:
        self.log.append((self.name, steps))
        return Time(self.seconds, self.seconds)


def turns(fast=0.01, slow=0.2, *, rounds=6, seconds=100.0, stop=lambda: False):
    log: list = []
    runs = {"a": Clocked("a", fast, log), "b": Clocked("b", slow, log)}
    return in_turns(runs, rounds=rounds, seconds=seconds, stop=stop), log


def test_order_turns_round_each_time():
    _, log = turns(rounds=4)
    assert "".join(name for name, _ in log) == "ab" + "abbaabba"


def test_a_sample_of_a_fast_step_is_many_steps():
    _, log = turns()
    assert log[2:4] == [("a", round(SAMPLE / 0.01)), ("b", 1)]


def test_time_ends_the_rounds_but_not_before_three():
    assert len(turns(rounds=50, seconds=0.001)[0]["a"]) == FEWEST
    assert len(turns(rounds=50, stop=lambda: True)[0]["b"]) == FEWEST
    times, _ = turns(rounds=50, seconds=2.0)
    assert FEWEST < len(times["a"]) == len(times["b"]) < 50


def test_ratios_are_taken_round_by_round():
    assert ratios([Time(2, 0), Time(9, 0)], [Time(1, 0), Time(3, 0)]) == [2, 3]


def test_the_interval_covers_the_median_of_its_source():
    random = np.random.default_rng(0)
    found = [interval(random.lognormal(0, 0.3, 15).tolist(), i) for i in range(200)]
    covered = np.mean([low <= 1 <= high for _, low, high in found])
    assert 0.9 <= covered <= 1
    assert interval([3.0, 3.0, 3.0]) == (3, 3, 3)


@pytest.mark.parametrize("values", [[1.0, 2.0, 50.0]])
def test_one_slow_round_is_not_believed(values):
    assert interval(values).middle == 2
