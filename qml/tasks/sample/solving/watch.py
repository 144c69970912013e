"""Shows on a bar how a solver gets on."""

from contextlib import AbstractContextManager
from typing import Protocol

from qml.algorithms.solvers import Budget
from qml.algorithms.solvers.referee import Scores
from qml.ports import Bar, Clock, Progress
from qml.tasks.sample.boltzmann.machine import Machine

_EVERY = 0.05
"""Seconds between two looks at a bar."""
_TICKS = 10
"""Steps of a bar in a second, where time is the budget."""


class Watch(Protocol):
    """Told after every batch of proposals."""

    def __call__(self, scores: Scores) -> None:
        """Move the bar."""
        ...


def open_bar(name: str, budget: Budget, progress: Progress) -> AbstractContextManager[Bar]:
    """Open the bar of a solver: of its evaluations, or of its time."""
    ticks = None if budget.seconds is None else round(budget.seconds * _TICKS)
    return progress.bar(name, budget.evaluations or ticks)


class BarWatch:
    """Tells a bar of the progress, now and then.

    Args:
        bar: The bar.
        budget: Of the solver.
        clock: What time it is.
        machine: Where circuits run.
    """

    def __init__(self, bar: Bar, budget: Budget, clock: Clock, machine: Machine) -> None:
        self._bar, self._clock, self._machine = bar, clock, machine
        self._counted = budget.evaluations is not None
        self._told, self._next = 0, 0.0

    def __call__(self, scores: Scores) -> None:
        """Move the bar where it is time."""
        now = self._clock.monotonic()
        if now < self._next:
            return
        done = scores.used if self._counted else round(scores.seconds() * _TICKS)
        best = "none yet" if scores.objective is None else f"{scores.objective:.6g}"
        facts = {"best": best, "evaluations": f"{scores.used:,}", **self._machine.facts()}
        self._bar.advance(done - self._told, **facts)
        self._told, self._next = done, now + _EVERY
