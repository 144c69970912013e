from itertools import accumulate, pairwise

import pytest

from qml.testing.sequential.base import LOOKS, Finding, run, schedule


@pytest.mark.parametrize("shots", [1, 2, 15, 100, 4982, 1_000_000])
def test_the_looks_are_few_and_add_up(shots):
    sizes = list(schedule(shots))
    assert sum(sizes) == shots
    assert len(sizes) <= LOOKS
    assert min(sizes) >= 1


def test_each_look_comes_a_quarter_later():
    seen = list(accumulate(schedule(100_000)))
    assert all(1.24 < b / a < 1.26 for a, b in pairwise(seen))


class Stops:
    shots = 1000

    def __init__(self, after):
        self.after, self.seen = after, 0

    def see(self, batch):
        self.seen += batch

    def look(self, *, last):
        done = last or self.seen >= self.after
        return Finding(passed=True if done else None, distance=0, p_value=1, by="")


def test_it_stops_when_sure():
    _, taken = run(Stops(500), lambda shots, number: shots)
    assert 500 <= taken <= 640
    assert run(Stops(10_000), lambda shots, number: shots)[1] == 1000
