"""Runs work on a vendor's machine: what is stored is not bought, what is bought is bought once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol
from uuid import UUID

from qml.backends.base import Job, Results
from qml.backends.remote import RemoteBackend
from qml.circuits import Work
from qml.execution.meter import Meter
from qml.execution.submission import digests
from qml.execution.submission.collect import Collector
from qml.execution.submission.draft import Draft, Entry, Estimate, State
from qml.execution.submission.journal import Journal
from qml.execution.submission.reconcile import Reconciler
from qml.execution.submission.send import Sender
from qml.execution.submission.store import ResultStore
from qml.execution.submission.waiting import Patience
from qml.ports import Progress
from qml.results.usage import Usage

Pricer = Callable[[RemoteBackend, Work], Estimate]
"""Tells what one job will cost."""


class Trail(Protocol):
    """Remembers what each place of a run was served with, for the manifest."""

    def add(self, row: dict[str, Any]) -> None:
        """Append one submission."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run buys.

    Attributes:
        reuse: Whether results that were paid for before are used again.
        grace: Seconds a vendor may take to list a job that it accepted.
        on_unknown: What to do with a submission whose outcome stays unknown.
    """

    reuse: bool = True
    grace: float = 60.0
    on_unknown: Literal["stop", "resubmit"] = "stop"


class Order(NamedTuple):
    """One job's worth of work.

    Attributes:
        name: Its place in the run.
        work: What is to be run.
        digest: Digest of all that decides its results.
        entry: Its latest intent in the journal, or None.
        results: Stored results, or None where they have to be bought.
    """

    name: str
    work: Work
    digest: str
    entry: Entry | None
    results: Results | None


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
    ) -> None:
        self._backend = backend
        self._run = run
        self._run_id = run_id
        self._journal = journal
        self._store = store
        self._price = price
        self._reuse = policy.reuse
        self._meter = meter
        self._trail = trail
        reconciler = Reconciler(
            backend, journal, patience, progress, policy.grace, policy.on_unknown
        )
        self._sender = Sender(backend, journal, reconciler, patience)
        self._collector = Collector(backend, journal, store, patience)
        self._reconciler = reconciler

    def recover(self) -> None:
        """Settle every job that an earlier session of the run left at the vendor.

        What was only intended is sent when the run comes to it again.
        """
        for entry in self._journal.open(self._run_id):
            if entry.state in {State.SENDING, State.UNKNOWN}:
                entry = self._reconciler.settle(entry)  # noqa: PLW2901 - the same intent, later
            if entry.state is State.SUBMITTED:
                assert entry.job_id is not None
                self._collector.collect(entry, Job(id=entry.job_id))

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
        parts = self._backend.split(work)
        orders = [self._order(part, f"{name}/{i}") for i, part in enumerate(parts)]
        missing = [order for order in orders if order.results is None]
        entries = self._journal.intend([self._draft(order) for order in missing])
        jobs = [self._sender.send(e, o.work) for e, o in zip(entries, missing, strict=True)]
        found = {
            order.name: self._collector.collect(entry, job)
            for entry, job, order in zip(entries, jobs, missing, strict=True)
        }
        self._note(orders, {o.name: e for o, e in zip(missing, entries, strict=True)})
        joined = _joined([found.get(o.name) or o.results for o in orders])
        self._meter.record(joined.usage)
        return joined

    def _order(self, work: Work, name: str) -> Order:
        digest = digests.content(self._backend, work)
        history = [e for e in self._journal.history(self._run_id, name) if e.draft.digest == digest]
        entry = history[-1] if history else None
        mine = entry is not None and entry.state is State.SETTLED
        stored = self._store.get(digest) if self._reuse or mine else None
        waiting = entry is not None and not entry.state.final
        return Order(name, work, digest, entry, None if waiting else stored)

    def _draft(self, order: Order) -> Draft:
        """Draft the intent, the same as before where one is still open."""
        last = order.entry
        if last is not None and not last.state.final:
            return last.draft
        generation = last.draft.generation + 1 if last is not None else 0
        sizes = self._backend.sizes(order.work)
        return Draft(
            key=digests.key(self._run, order.name, order.digest, generation),
            run_id=self._run_id,
            name=order.name,
            provider=self._backend.provider,
            device=self._backend.device,
            digest=order.digest,
            generation=generation,
            circuits=len(sizes),
            shots=order.work.shots * len(sizes),
            one_qubit=sum(s.one_qubit for s in sizes),
            two_qubit=sum(s.two_qubit for s in sizes),
            estimate=self._price(self._backend, order.work),
        )

    def _note(self, orders: Sequence[Order], bought: dict[str, Entry]) -> None:
        for order in orders:
            entry = bought.get(order.name) or order.entry
            self._trail.add(
                {
                    "name": order.name,
                    "digest": order.digest,
                    "key": entry.key if entry is not None else None,
                    **digests.parts(self._backend, order.work),
                }
            )


def _joined(parts: Sequence[Results | None]) -> Results:
    """Put the results of several jobs together, in order."""
    whole = [part for part in parts if part is not None]
    usage = sum((part.usage for part in whole), Usage())
    return Results(counts=tuple(c for part in whole for c in part.counts or ()), usage=usage)
