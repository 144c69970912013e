"""What a place of a run needs: stored already, paid for and to be read again, or to be bought."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from qml.backends.base import Job, Results
from qml.backends.remote import RemoteBackend
from qml.circuits import Work
from qml.errors import ProviderError, TransientError
from qml.execution.submission import digests
from qml.execution.submission.draft import Draft, Entry, Estimate, State
from qml.execution.submission.journal import Journal
from qml.execution.submission.reads import read
from qml.execution.submission.store import ResultStore, keep
from qml.ports import Progress
from qml.seeds import derive

Pricer = Callable[[RemoteBackend, Work], Estimate]
"""Tells what one job will cost."""


class Order(NamedTuple):
    """One job's worth of work.

    Attributes:
        name: Its place in the run.
        work: What is to be run.
        digest: Digest of all that decides its results.
        entry: Its latest intent in the journal, or None.
        results: Stored results, or None where a job has to be sent or waited for.
    """

    name: str
    work: Work
    digest: str
    entry: Entry | None
    results: Results | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Decides what is bought.

    Attributes:
        backend: Where.
        run: UUID of the run; keys derive from it.
        run_id: Its id, under which the journal knows it.
        journal: What was intended before.
        store: Results that were paid for.
        price: What a job will cost.
        reuse: Whether what other runs bought counts. What this run bought always does: one digest
            is one result of a run, wherever it is asked for.
        rebuy: Whether results that were paid for and are lost here and at the vendor are bought
            anew.
        progress: Who is told of that.
        parent: Run that this one repeats: its own results count before those of others.
    """

    backend: RemoteBackend
    run: UUID
    run_id: str
    journal: Journal
    store: ResultStore
    price: Pricer
    reuse: bool
    rebuy: bool
    progress: Progress
    parent: str | None = None

    def place(self, work: Work, name: str) -> Order:
        """Look up what a place of the run has already.

        Intents that were never sent are dropped where they are stale: the place asks for other
        work by now, or the results came from elsewhere.

        Raises:
            ProviderError: Results were paid for, and are lost here and at the vendor.
        """
        digest = digests.content(self.backend, work)
        past = self.journal.history(self.run_id, name)
        self._drop([entry for entry in past if entry.draft.digest != digest])
        same = [entry for entry in past if entry.draft.digest == digest]
        last = same[-1] if same else None
        if last is not None and not last.state.final and last.state is not State.INTENDED:
            return Order(name, work, digest, last, None)
        results = self._stored(digest)
        if results is None:
            bought = [*self._of_parent(name, digest), *same]
            results = self._read_again([e for e in bought if e.state is State.SETTLED])
        if results is not None:
            self._drop(same)
        return Order(name, work, digest, last, results)

    def draft(self, order: Order) -> Draft:
        """Draft the intent, the same as before where one is still open."""
        last = order.entry
        if last is not None and not last.state.final:
            return last.draft
        generation = last.draft.generation + 1 if last is not None else 0
        sizes = self.backend.sizes(order.work)
        return Draft(
            key=digests.key(self.run, order.name, order.digest, generation),
            run_id=self.run_id,
            name=order.name,
            provider=self.backend.provider,
            device=self.backend.device,
            digest=order.digest,
            generation=generation,
            circuits=len(sizes),
            shots=order.work.shots * len(sizes),
            one_qubit=sum(s.one_qubit for s in sizes),
            two_qubit=sum(s.two_qubit for s in sizes),
            estimate=self.price(self.backend, order.work),
        )

    def _stored(self, digest: str) -> Results | None:
        found = self.store.get(digest, where={"run_id": self.run_id})
        if found is None and self.reuse and self.parent is not None:
            found = self.store.get(digest, where={"run_id": self.parent})
        return self.store.get(digest) if found is None and self.reuse else found

    def _of_parent(self, name: str, digest: str) -> list[Entry]:
        """Return what the run that this one repeats bought for the same place."""
        if self.parent is None or not self.reuse:
            return []
        past = self.journal.history(self.parent, name)
        return [entry for entry in past if entry.draft.digest == digest]

    def _read_again(self, settled: Sequence[Entry]) -> Results | None:
        """Read results that were paid for and whose file is lost from the vendor once more."""
        if not settled or (job_id := settled[-1].job_id) is None:
            return None
        draft = settled[-1].draft
        try:
            results = read(self.backend.fetch, Job(id=job_id))
        except TransientError:
            raise
        except ProviderError as error:
            if self.rebuy:
                self.progress.say(
                    f"results of job {job_id} are lost; `{draft.name}` is bought anew"
                )
                return None
            raise ProviderError(
                f"results of job {job_id} for `{draft.name}` were paid for, but their file is gone"
                f" and {draft.provider} does not give them again: {error.message}",
                hint=f"`qml runs resume {self.run_id} --on-unknown resubmit` buys them anew",
            ) from error
        keep(self.store, draft, job_id, results)
        return results

    def _drop(self, entries: Sequence[Entry]) -> None:
        """Give back what is reserved for intents that nobody sent."""
        for entry in entries:
            if entry.state is State.INTENDED:
                self.journal.move(entry.key, State.CANCELLED, detail="not needed any more")


def independent(parts: Sequence[Work]) -> list[Work]:
    """Give each part of a batch a seed of its own.

    Equal circuits in two parts are two samples. With one seed they would have one digest, and
    the results of the first would be taken for those of the second.
    """
    return [
        replace(part, seed=derive(part.seed, f"part/{place}")) if place else part
        for place, part in enumerate(parts)
    ]
