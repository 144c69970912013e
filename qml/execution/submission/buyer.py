"""Runs work on a vendor's machine: what is stored is not bought, what is bought is bought once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from uuid import UUID

from qml.backends.base import Job, Results
from qml.backends.remote import RemoteBackend
from qml.circuits import Work
from qml.errors import JobFailedError, ProviderError
from qml.execution.meter import Meter
from qml.execution.submission import digests
from qml.execution.submission.collect import Collector
from qml.execution.submission.draft import Entry, State
from qml.execution.submission.journal import Journal
from qml.execution.submission.orders import Order, Orders, Pricer, independent
from qml.execution.submission.reconcile import Reconciler
from qml.execution.submission.send import Sender
from qml.execution.submission.store import ResultStore
from qml.execution.submission.waiting import Patience
from qml.ports import Progress
from qml.results.usage import Usage
from qml.units import Money

__all__ = ["Buyer", "Policy", "Pricer", "Trail"]


class Trail(Protocol):
    """Remembers what each place of a run was served with, for the manifest."""

    def add(self, row: dict[str, Any]) -> None:
        """Append one submission."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run buys.

    Attributes:
        reuse: Whether results that other runs paid for are used again.
        grace: Seconds a vendor may take to list a job that it accepted.
        on_unknown: What to do with a submission whose outcome stays unknown, and with results
            that were paid for and are lost.
        search: Look for each job before it is sent: an earlier session's journal may be lost.
    """

    reuse: bool = True
    grace: float = 60.0
    on_unknown: Literal["stop", "resubmit"] = "stop"
    search: bool = False


class Buyer:
    """Runs batches on a remote backend.

    Args:
        backend: Where.
        run: UUID of the run; keys derive from it.
        run_id: Its id, under which the journal knows it.
        journal: Intents and money.
        store: Results that were paid for.
        price: What a job will cost.
        policy: How to buy.
        patience: How to wait.
        progress: Who is told.
        meter: What the run has used.
        trail: Remembers every submission.
        spent: What the run was billed so far, for whoever watches; None where nobody does.
        parent: Run that this one repeats, or None.
    """

    def __init__(
        self,
        backend: RemoteBackend,
        *,
        run: UUID,
        run_id: str,
        journal: Journal,
        store: ResultStore,
        price: Pricer,
        policy: Policy,
        patience: Patience,
        progress: Progress,
        meter: Meter,
        trail: Trail,
        spent: Callable[[], Money] | None = None,
        parent: str | None = None,
    ) -> None:
        self._backend = backend
        self._run_id = run_id
        self._journal = journal
        self._meter = meter
        self._trail = trail
        self._spent = spent
        self._progress = progress
        self._orders = Orders(
            backend=backend,
            run=run,
            run_id=run_id,
            journal=journal,
            store=store,
            price=price,
            reuse=policy.reuse,
            rebuy=policy.on_unknown == "resubmit",
            progress=progress,
            parent=parent,
        )
        self._reconciler = Reconciler(
            backend, journal, patience, progress, policy.grace, policy.on_unknown
        )
        self._sender = Sender(backend, journal, self._reconciler, patience, progress, policy.search)
        self._collector = Collector(backend, journal, store, patience)

    def recover(self) -> None:
        """Settle every job that an earlier session of the run left at the vendor.

        What was only intended is sent when the run comes to it again. A job that failed is told
        of, and bought anew then: resuming asks for that. Jobs on another machine are left to
        whoever works with that machine again: this one would not find them, or misread them.

        Raises:
            UnknownSubmissionError: It is not known whether a job exists.
        """
        for entry in self._journal.open(self._run_id):
            if not self._is_here(entry):
                continue
            if entry.state in {State.SENDING, State.UNKNOWN}:
                entry = self._reconciler.settle(entry)  # noqa: PLW2901 - the same intent, later
            if entry.state is State.SUBMITTED:
                assert entry.job_id is not None
                try:
                    self._collector.collect(entry, Job(id=entry.job_id))
                except JobFailedError as error:
                    self._progress.say(f"{error.message}; it is bought anew")
                except ProviderError as error:
                    error.hint = error.hint or f"`qml jobs cancel {entry.key}` gives this job up"
                    raise

    def _is_here(self, entry: Entry) -> bool:
        """Whether a job is on this machine; told of where it is not."""
        bought, here = entry.draft, self._backend
        if (bought.provider, bought.device) == (here.provider, here.device):
            return True
        if entry.state is not State.INTENDED:
            self._progress.say(
                f"warning: `{bought.name}` on {bought.provider}.{bought.device} is {entry.state};"
                f" it is settled when the run works there again (`qml jobs show {entry.key}`)"
            )
        return False

    def facts(self) -> dict[str, str]:
        """Tell what the run was billed so far."""
        return {} if self._spent is None else {"spent": str(self._spent())}

    def finish(self) -> None:
        """Drop what was intended and never sent, because the run took another turn."""
        for entry in self._journal.open(self._run_id):
            if entry.state is State.INTENDED:
                self._journal.move(entry.key, State.CANCELLED, detail="not needed any more")

    def run(self, work: Work, name: str) -> Results:
        """Return the results of a batch, bought or stored.

        Raises:
            BudgetError: It would exceed a cap; nothing was sent.
            ProviderError: The vendor refused or failed.
            UnknownSubmissionError: It is not known whether a job exists.
        """
        parts = independent(self._backend.split(work))
        orders = [self._orders.place(part, f"{name}/{i}") for i, part in enumerate(parts)]
        missing = [order for order in orders if order.results is None]
        entries = self._journal.intend([self._orders.draft(order) for order in missing])
        jobs = [self._sender.send(e, o.work) for e, o in zip(entries, missing, strict=True)]
        found = {
            order.name: self._collector.collect(entry, job)
            for entry, job, order in zip(entries, jobs, missing, strict=True)
        }
        self._note(orders, {o.name: e for o, e in zip(missing, entries, strict=True)})
        joined = _joined([found.get(o.name, o.results) for o in orders])
        self._meter.record(joined.usage)
        return joined

    def _note(self, orders: Sequence[Order], bought: dict[str, Entry]) -> None:
        for order in orders:
            entry = bought.get(order.name) or order.entry
            paid = entry is not None and (order.results is None or entry.state is State.SETTLED)
            self._trail.add(
                {
                    "name": order.name,
                    "digest": order.digest,
                    "key": entry.key if entry is not None and paid else None,
                    **digests.parts(self._backend, order.work),
                }
            )


def _joined(parts: Sequence[Results | None]) -> Results:
    """Put the results of several jobs together, in order."""
    whole = [part for part in parts if part is not None]
    usage = sum((part.usage for part in whole), Usage())
    return Results(counts=tuple(c for part in whole for c in part.counts or ()), usage=usage)
