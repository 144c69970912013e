"""The bar of a solver has a unit and an end."""

from contextlib import contextmanager

import numpy as np
import pytest

from qml.algorithms.solvers import Budget
from qml.algorithms.solvers.referee import solve
from qml.ports import SystemClock
from qml.problems import Arrays
from qml.tasks.sample.qubo.watch import BarWatch, open_bar


class Recorder:
    """Remembers one bar."""

    def __init__(self):
        self.title, self.total, self.done, self.most = "", 0, 0, 0

    @contextmanager
    def bar(self, title, total):
        self.title, self.total = title, total
        yield self

    def advance(self, steps=1, **facts):
        self.done += steps
        self.most = max(self.most, self.done)

    def say(self, message):
        raise AssertionError(message)


class Nothing:
    """No machine."""

    def facts(self):
        return {}


@pytest.mark.parametrize(
    ("budget", "title", "total"),
    [
        (Budget(seconds=0.05), "tabu, % of 0.05 s", 100),
        (Budget(evaluations=900), "tabu", 900),
        (Budget(until=900), "tabu", None),
    ],
)
def test_a_bar_ends_at_its_total(budget, title, total):
    seen, clock = Recorder(), SystemClock()
    problem = Arrays(names=(0, 1, 2), linear=np.ones(3), couplings=np.zeros((3, 3)), offset=0.0)
    with open_bar("tabu", budget, seen) as bar:
        watch = BarWatch(bar, budget, clock, Nothing())
        solve(problem, "tabu", budget=budget, watch=watch)
        watch.end()
    assert (seen.title, seen.total) == (title, total)
    assert seen.most <= (total or 10_000)
    assert seen.done >= 0.95 * (total or 900)
