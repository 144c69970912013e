"""What a search may use, and how several runs of a solver share it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from qml.algorithms.solvers import Answer, Budget, solve
from qml.ports import Clock, SystemClock
from qml.problems import Arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a search may use.

    Attributes:
        budget: Evaluations and time.
        seed: Feeds every random choice.
        options: Settings of the solver.
        qubits: Undecided units of a quantum solver.
        clock: What time it is.
        stop: Whether somebody asked to stop.
    """

    budget: Budget
    seed: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    qubits: int = 12
    clock: Clock = field(default_factory=SystemClock)
    stop: Callable[[], bool] = lambda: False

    def solve(self, arrays: Arrays, solver: str, **more: Any) -> Answer:
        """Run a solver of the core."""
        given = {"budget": self.budget, "options": self.options, **more}
        return solve(arrays, solver, seed=self.seed, clock=self.clock, stop=self.stop, **given)


@dataclass(slots=True)
class Left:
    """What is left of a budget that several runs of a solver share.

    Runs have equal evaluations; time, and the end of a run that is repeated, are of all together.

    Attributes:
        terms: The whole.
        began: When the first run began (s).
        used: Evaluations so far.
    """

    terms: Terms
    began: float
    used: int = 0

    @classmethod
    def of(cls, terms: Terms) -> "Left":
        """Begin."""
        return cls(terms, terms.clock.monotonic())

    def share(self, runs: int) -> Budget | None:
        """Return the budget of the next run, None where nothing is left."""
        whole = self.terms.budget
        until = None if whole.until is None else whole.until - self.used
        seconds = whole.seconds
        if seconds is not None:
            seconds -= self.terms.clock.monotonic() - self.began
        if (until is not None and until <= 0) or (seconds is not None and seconds <= 0):
            return None
        each = None if whole.evaluations is None else max(1, whole.evaluations // runs)
        return Budget(evaluations=each, seconds=seconds, until=until)

    def take(self, answer: Answer) -> None:
        """Count a run."""
        self.used += answer.evaluations
