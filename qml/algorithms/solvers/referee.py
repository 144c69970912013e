"""Runs a solver within a budget, and scores whatever it proposes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from qml.algorithms.solvers.base import Budget, Proposals, Solver, Task
from qml.errors import ConfigError
from qml.plugins import load
from qml.ports import Clock, SystemClock
from qml.problems import Arrays, Model, compile_model

if TYPE_CHECKING:  # classical solvers need no simulator
    from qml.circuits import Evaluator


class Improvement(NamedTuple):
    """A moment at which the best assignment changed.

    Attributes:
        evaluations: Evaluations used by then.
        seconds: Wall time by then.
        objective: The new best objective.
    """

    evaluations: int
    seconds: float
    objective: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a solver found.

    Attributes:
        solver: Its name.
        best: The best feasible assignment, shape (n,), or None where none was feasible.
        objective: Its objective, or None.
        mean: Mean objective of all feasible proposals, or None.
        feasible: Share of the proposals that were feasible as they came, before any mending.
        proposals: How many there were.
        bound: A proven lower bound, or None.
        evaluations: Assignments evaluated.
        seconds: Wall time.
        trace: Every improvement.
        interrupted: Whether somebody asked to stop.
    """

    solver: str
    best: NDArray[np.int8] | None
    objective: float | None
    mean: float | None
    feasible: float
    proposals: int
    bound: float | None
    evaluations: int
    seconds: float
    trace: tuple[Improvement, ...]
    interrupted: bool = False

    @property
    def proven(self) -> bool:
        """Whether the best is known to be optimal."""
        if self.objective is None or self.bound is None:
            return False
        return self.objective <= self.bound + 1e-9 * (1 + abs(self.bound))


Watch = Callable[["Scores"], None]
"""Told after every batch of proposals."""


def solve(
    model: Model | Arrays,
    solver: str,
    *,
    budget: Budget,
    seed: int = 0,
    options: Mapping[str, Any] | None = None,
    evaluator: "Evaluator | None" = None,
    start: NDArray[np.int8] | None = None,
    clock: Clock | None = None,
    watch: Watch | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Answer:
    """Run one solver on one problem.

    Args:
        model: A dimod model, or its arrays.
        solver: Registered name.
        budget: What it may use.
        seed: Feeds every random choice.
        options: Settings of the solver, by the names of its `Options`.
        evaluator: Runs circuits, for solvers that are made of them.
        start: An assignment to begin with, shape (n,).
        clock: What time it is.
        watch: Told after every batch.
        stop: Whether somebody asked to stop.

    Raises:
        PluginError: No solver has that name.
        ConfigError: A setting is unknown or out of range.
        PlanError: The solver cannot work on this problem.
    """
    problem = model if isinstance(model, Arrays) else compile_model(model)
    plugin: Solver = load("solvers", solver)
    settings = read_options(solver, plugin, options or {})
    scores = Scores(problem, budget, clock or SystemClock())
    task = Task(problem=problem, seed=seed, left=scores, evaluator=evaluator, start=start)
    interrupted = False
    for proposals in () if budget.until == 0 else plugin.propose(task, settings):
        scores.add(proposals)
        if watch is not None:
            watch(scores)
        interrupted = stop()
        if interrupted or scores.over():
            break
    return scores.answer(solver, interrupted=interrupted)


def read_options(name: str, plugin: Solver, table: Mapping[str, Any]) -> Any:
    """Read the settings of a solver.

    Raises:
        ConfigError: One is unknown or out of range.
    """
    try:
        return plugin.Options.model_validate(dict(table))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            f"option `{place}` of solver `{name}`: {first['msg']}",
            hint=f"it has: {', '.join(plugin.Options.model_fields) or 'none'}",
        ) from None


@dataclass(slots=True)
class Scores:
    """Keeps the score of one solver on one problem; also tells it what is left."""

    problem: Arrays
    budget: Budget
    clock: Clock
    best: NDArray[np.int8] | None = None
    objective: float | None = None
    used: int = 0
    bound: float | None = None
    trace: list[Improvement] = field(default_factory=list)
    _began: float = 0.0
    _count: int = 0
    _feasible: int = 0
    _mended: int = 0
    _sum: float = 0.0

    def __post_init__(self) -> None:
        self._began = self.clock.monotonic()

    def evaluations(self, most: int) -> int:
        """Return how many of `most` evaluations are left."""
        limit = self.budget.evaluations
        return most if limit is None else max(0, min(most, limit - self.used))

    def seconds(self) -> float:
        """Return the wall time so far."""
        return self.clock.monotonic() - self._began

    def time_left(self) -> float:
        """Return the seconds left, infinite without a limit."""
        limit = self.budget.seconds
        return np.inf if limit is None else limit - self.seconds()

    def over(self) -> bool:
        """Whether the budget is used up, or nothing better can be found."""
        limit = self.budget
        ends = [e for e in (limit.evaluations, limit.until) if e is not None]
        spent = any(self.used >= end for end in ends)
        return spent or self.time_left() <= 0

    def add(self, proposals: Proposals) -> None:
        """Score a batch."""
        self.used += proposals.evaluations
        if proposals.bound is not None:
            self.bound = max(proposals.bound, -np.inf if self.bound is None else self.bound)
        if not len(proposals.samples):
            return
        allowed = self.problem.feasible(proposals.samples)
        values = self.problem.objectives(proposals.samples)
        self._count += len(values)
        self._feasible += int(allowed.sum())
        self._mended += proposals.mended
        self._sum += float(values[allowed].sum())
        if not allowed.any():
            return
        place = int(np.argmin(np.where(allowed, values, np.inf)))
        if self.objective is None or values[place] < self.objective - 1e-12:
            self.best = proposals.samples[place].copy()
            self.objective = float(values[place])
            self.trace.append(Improvement(self.used, self.seconds(), self.objective))

    def answer(self, solver: str, *, interrupted: bool) -> Answer:
        """Return what was found."""
        return Answer(
            solver=solver,
            best=self.best,
            objective=self.objective,
            mean=self._sum / self._feasible if self._feasible else None,
            feasible=(self._feasible - self._mended) / self._count if self._count else 0.0,
            proposals=self._count,
            bound=self.bound,
            evaluations=self.used,
            seconds=self.seconds(),
            trace=tuple(self.trace),
            interrupted=interrupted,
        )
