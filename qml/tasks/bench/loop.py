"""The loop of a benchmark: side by side what may be, alone what measures time."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from qml.config import runs_folder
from qml.errors import BudgetError, QmlError
from qml.ports import Bar
from qml.tasks.bench import cache
from qml.tasks.bench.desk import Desk, job_of
from qml.tasks.bench.jobs import Done, Job
from qml.tasks.fleet.executors import Executor
from qml.tracking.base import Tracker

Reason = Literal["done", "interrupted", "budget"]
GOING_ON = frozenset({"interrupted", "budget"})


class Loop:
    """Carries the cells of a benchmark out.

    Args:
        desk: What the cells share.
        executor: Who carries them out.
        bar: Moves on with each cell.
        tracker: Mirrors the runs of cells that end; they have no tracker of their own.

    Attributes:
        done: How cells ended, by number; those that were not begun are not in it.
        reason: Why it stopped.
    """

    def __init__(
        self, desk: Desk, executor: Executor[Job, Done], bar: Bar, tracker: Tracker
    ) -> None:
        self._desk = desk
        self._executor = executor
        self._bar = bar
        self._tracker = tracker
        self._runs = runs_folder(desk.config, desk.root)
        self.done: dict[int, Done] = {}
        self.reason: Reason = "done"

    def run(self) -> None:
        """Carry all cells out; those that measure time are last, with nothing beside them."""
        for alone in (False, True):
            cells = enumerate(self._desk.suite.cells)
            numbers = (number for number, cell in cells if cell.alone == alone)
            self._carry_out(numbers, 1 if alone else self._executor.capacity)

    def _carry_out(self, numbers: Iterator[int], capacity: int) -> None:
        while True:
            while self._executor.running < capacity:
                job = self._next(numbers, capacity)
                if job is None:
                    break
                self._executor.start(job)
            if not self._executor.running:
                return
            ended = self._executor.wait()
            self._desk.purse.release(ended.job.number)
            self._end(ended.job.number, ended.done)

    def _next(self, numbers: Iterator[int], capacity: int) -> Job | None:
        """Return the next cell that has to run; takes the others from the cache."""
        if self._stopped():
            return None
        for number in numbers:
            job = self._prepared(number, capacity)
            if job is not None:
                return job
            if self._stopped():
                return None
        return None

    def _stopped(self) -> bool:
        if self._desk.stop.requested:
            self.reason = "interrupted"
        return self.reason == "interrupted"

    def _prepared(self, number: int, capacity: int) -> Job | None:
        desk = self._desk
        try:
            job = job_of(
                number, desk.suite.cells[number], desk.suite, desk.config, desk.root, desk.run
            )
            entry = cache.find(job.cells, job.place, job.content)
        except QmlError as error:
            self._end(number, Done(state="failed", why=error.message, exit_code=error.exit_code))
            return None
        desk.purse.paid |= job.paid
        if entry.finished:
            self._end(number, Done(state="cached", run_id=entry.run_id))
            return None
        return self._funded(job, entry.run_id, capacity) if job.paid else job

    def _funded(self, job: Job, run_id: str | None, capacity: int) -> Job | None:
        """Give a cell its part of the money; None where there is none left."""
        if self.reason == "budget":
            return None
        try:
            sharing = capacity - self._executor.running
            part = self._desk.purse.part(job.number, sharing, run_id)
        except BudgetError:
            self.reason = "budget"
            return None
        return replace(job, most=part)

    def _end(self, number: int, done: Done) -> None:
        self.done[number] = done
        if done.state in GOING_ON:
            self.reason = "interrupted" if done.state == "interrupted" else "budget"
            return
        if done.state == "ran" and done.run_id is not None:
            self._tracker.also(self._runs / done.run_id)
        self._bar.advance(1, cell=str(self._desk.suite.cells[number].place), **self._facts())

    def _facts(self) -> dict[str, str]:
        purse = self._desk.purse
        return {"spent": f"{purse.billed():.2f} {purse.currency}"} if purse.paid else {}
