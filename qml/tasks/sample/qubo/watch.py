"""Shows on a bar how a solver gets on."""

from contextlib import AbstractContextManager
from typing import Protocol

from qml.algorithms.solvers import Budget
from qml.algorithms.solvers.referee import Scores
from qml.ports import Bar, Clock, Progress
from qml.tasks.sample.machine import Machine

_EVERY = 0.05
"""Seconds between two looks at a bar."""
_PERCENT = 100
"""Steps of a bar where time is the budget."""


class Watch(Protocol):
    """Told after every batch of proposals."""

    def __call__(self, scores: Scores) -> None:
        """Move the bar."""
        ...


def open_bar(name: str, budget: Budget, progress: Progress) -> AbstractContextManager[Bar]:
    """Open the bar of a solver: of its evaluations, or of its time in percent."""
    if budget.evaluations is not None or budget.seconds is None:
        return progress.bar(name, budget.evaluations)
    return progress.bar(f"{name}, % of {budget.seconds:g} s", _PERCENT)


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
        self._budget = budget
        self._told, self._next = 0, 0.0
        self._seen: Scores | None = None

    def __call__(self, scores: Scores) -> None:
        """Move the bar where it is time."""
        self._seen = scores
        now = self._clock.monotonic()
        if now >= self._next:
            self._tell(scores, now)

    def end(self) -> None:
        """Show the last state."""
        if self._seen is not None:
            self._tell(self._seen, self._clock.monotonic())

    def _tell(self, scores: Scores, now: float) -> None:
        done = self._done(scores)
        best = "none yet" if scores.objective is None else f"{scores.objective:.6g}"
        facts = {"best": best, "evaluations": f"{scores.used:,}", **self._machine.facts()}
        self._bar.advance(done - self._told, **facts)
        self._told, self._next = done, now + _EVERY

    def _done(self, scores: Scores) -> int:
        budget = self._budget
        if budget.evaluations is not None or budget.seconds is None:
            return scores.used
        return min(_PERCENT, int(_PERCENT * scores.seconds() / budget.seconds))
