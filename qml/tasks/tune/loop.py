"""The loop of a study: fills the places, tells what came back, stops when it should."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from qml.errors import BudgetError, UsageError
from qml.ports import Bar, Clock
from qml.tasks.fleet.executors import Executor
from qml.tasks.tune.jobs import Done, Job
from qml.tasks.tune.objective import Objective
from qml.tasks.tune.purse import Purse
from qml.tasks.tune.search import Asked, Search

HOPELESS = 5
"""So many failures without one success stop a study."""

Reason = Literal["trials", "time", "interrupted", "budget"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a search ends.

    Attributes:
        trials: Trials altogether, those of earlier sessions included.
        until: Moment of the clock after which no trial begins, or None.
        stop: Whether somebody asked to stop.
    """

    trials: int
    until: float | None
    stop: Callable[[], bool]


class Loop:
    """Carries the trials of one search out.

    Args:
        search: What chooses them.
        executor: Who carries them out.
        make: Makes the job of a trial.
        purse: Money.
        objective: What trials are judged by.
        clock: What time it is.
        bar: Moves on with each trial.
    """

    def __init__(
        self,
        search: Search,
        executor: Executor[Job, Done],
        make: Callable[[Asked, str], Job],
        purse: Purse,
        objective: Objective,
        clock: Clock,
        bar: Bar,
    ) -> None:
        self._search = search
        self._executor = executor
        self._make = make
        self._purse = purse
        self._objective = objective
        self._clock = clock
        self._bar = bar
        self._reason: Reason = "trials"
        self._failures: list[str] = []

    def run(self, limits: Limits) -> Reason:
        """Carry trials out until a limit is met; returns which.

        Raises:
            UsageError: All trials failed.
        """
        open_ = deque(self._search.left_open())
        while True:
            self._fill(open_, limits)
            if not self._executor.running:
                break
            ended = self._executor.wait()
            self._take(ended.job, ended.done)
        self._refuse_failures(limits.trials)
        return self._reason

    def _fill(self, open_: deque[Asked], limits: Limits) -> None:
        """Start trials while there are places and nothing speaks against it."""
        while self._executor.running < self._executor.capacity and self._may_begin(open_, limits):
            asked = open_.popleft() if open_ else self._search.ask()
            made = self._made(asked)
            if made is None:
                continue
            job = self._funded(made)
            if job is None:
                return
            self._executor.start(job)

    def _made(self, asked: Asked) -> Job | None:
        """Make the job of a trial; None where what was drawn does not fit together."""
        try:
            return self._make(asked, self._search.name)
        except UsageError as error:
            self._end(asked.number, Done(state="failed", error=error.message))
            return None

    def _may_begin(self, open_: deque[Asked], limits: Limits) -> bool:
        if limits.stop():
            self._reason = "interrupted"
        if self._reason != "trials" or self._hopeless():
            return False
        if not open_ and self._search.begun >= limits.trials:
            return False
        if limits.until is not None and self._clock.monotonic() >= limits.until:
            self._reason = "time"
            return False
        return True

    def _funded(self, job: Job) -> Job | None:
        """Give a trial its part of the money; None where there is none left."""
        sharing = self._executor.capacity - self._executor.running
        try:
            part = self._purse.part((job.search, job.number), sharing, job.run_id)
        except BudgetError:
            self._reason = "budget"
            return None
        return replace(job, most=part)

    def _take(self, job: Job, done: Done) -> None:
        self._purse.release((job.search, job.number))
        self._end(job.number, done)

    def _end(self, number: int, done: Done) -> None:
        self._search.tell(number, done)
        if done.state == "interrupted":
            self._reason = "interrupted"
            return
        if done.state == "budget":
            self._reason = "budget"
            return
        if done.state == "failed":
            self._failures.append(done.error or "")
        self._bar.advance(1, **self._facts())

    def _facts(self) -> Mapping[str, str]:
        best = self._search.best()
        facts = {} if best is None else {"best": f"{best.value:.4g}"}
        if self._purse.paid:
            facts["spent"] = f"{self._purse.billed():.2f} {self._purse.currency}"
        return facts

    def _hopeless(self) -> bool:
        return len(self._failures) >= HOPELESS and self._search.best() is None

    def _refuse_failures(self, trials: int) -> None:
        if not self._failures or self._search.best() is not None:
            return
        if self._hopeless() or len(self._failures) >= trials:
            raise UsageError(
                f"all {len(self._failures)} trials failed; the study stopped",
                details="\n".join(dict.fromkeys(self._failures)),
                hint="run one by hand: `qml runs list` shows their runs",
            )
