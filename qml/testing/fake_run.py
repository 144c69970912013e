"""A run at the fake vendor, and all of it that outlives a crash."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from qml.backends.base import Results
from qml.backends.remote import Phase
from qml.circuits import Circuit, Gate, Work
from qml.execution.meter import UsageMeter
from qml.execution.stop import StopRequest
from qml.execution.submission.buyer import Buyer, Policy
from qml.execution.submission.draft import State
from qml.execution.submission.journal import Journal
from qml.execution.submission.waiting import Patience
from qml.ports import Silence
from qml.testing.crashes import CrashPoint
from qml.testing.fake_journal import FakeJournal
from qml.testing.fake_store import FakeStore
from qml.testing.fake_vendor import FakeAccount, FakeClock, FakeRemote, fake_price
from qml.testing.fake_vendor.account import FakeJob

RUN = UUID("7d9f5a86-6c0e-4c1e-9a53-1f2b6a3d9c10")
RUN_ID = "fake-run"
PER_JOB = 2


class Batch(NamedTuple):
    """A place of the run, and its work."""

    name: str
    work: Work


def batches(count: int = 3) -> list[Batch]:
    """Return batches of three circuits, which is two jobs each."""
    return [Batch(f"step/{place}", _work(place)) for place in range(count)]


def _work(place: int) -> Work:
    circuits = tuple(
        Circuit.of(2, [Gate("ry", (0,), (0.3 + place + i,)), Gate("cnot", (0, 1))])
        for i in range(PER_JOB + 1)
    )
    return Work(circuits=circuits, shots=20, seed=place)


class Heard(Silence):
    """Progress that remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, message: str) -> None:
        """Remember it."""
        self.said.append(message)


class Rows:
    """A trail in memory."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        """Remember a row."""
        self.rows.append(row)


class FakeRun:
    """Account, journal and store of a run; sessions come and go.

    Args:
        cap: Most that may be settled and reserved, or None.
    """

    def __init__(self, cap: Decimal | None = None) -> None:
        self.clock = FakeClock()
        self.account = FakeAccount(None, self.clock.now)
        self.backend = FakeRemote(self.account, circuits_per_job=PER_JOB)
        self.journal = FakeJournal(self.clock, cap)
        self.store = FakeStore()
        self.trail = Rows()
        self.progress = Heard()
        self.meter = UsageMeter()

    def buyer(
        self,
        crash: CrashPoint | None = None,
        *,
        policy: Policy | None = None,
        stop: StopRequest | None = None,
        journal: Journal | None = None,
        run: UUID = RUN,
        run_id: str = RUN_ID,
        parent: str | None = None,
    ) -> Buyer:
        """Open a session that crashes where it is told to."""
        point = crash or CrashPoint()
        used: Journal = self.journal if journal is None else journal
        return Buyer(
            point.guard(self.backend, "submit", "poll", "fetch", "find", "billed"),
            run=run,
            run_id=run_id,
            journal=point.guard(used, "intend", "move", "history", "open", "beat"),
            store=point.guard(self.store, "get", "put"),
            price=fake_price,
            policy=policy or Policy(),
            patience=Patience(self.clock, stop, self.clock.sleep),
            progress=self.progress,
            meter=self.meter,
            trail=point.guard(self.trail, "add"),
            parent=parent,
        )

    def whole(self, wanted: Sequence[Batch], crash: CrashPoint | None = None) -> list[Results]:
        """Run a session from the first batch to the last."""
        buyer = self.buyer(crash)
        buyer.recover()
        found = [buyer.run(batch.work, batch.name) for batch in wanted]
        buyer.finish()
        return found

    def states(self) -> list[State]:
        """Return the states of all intents, oldest first."""
        return [entry.state for entry in self.journal.entries.values()]

    def living(self) -> list[FakeJob]:
        """Return the jobs that ended well or may still; the jobs of one request share a fate."""
        jobs = self.account.jobs
        dead = {job.key for job in jobs if job.phase in {Phase.FAILED, Phase.CANCELLED}}
        return [job for job in jobs if job.key not in dead]

    def close(self) -> None:
        """Close the account."""
        self.account.close()
