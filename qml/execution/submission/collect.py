"""Waiting for a job, keeping its results, and settling its bill: in this order."""

from dataclasses import dataclass

from qml.backends.base import Job, Results
from qml.backends.remote import Phase, RemoteBackend
from qml.backends.remote import Progress as JobProgress
from qml.errors import JobFailedError
from qml.execution.submission.draft import Entry, State
from qml.execution.submission.journal import Journal
from qml.execution.submission.reads import read
from qml.execution.submission.store import ResultStore, keep
from qml.execution.submission.waiting import Patience

FIRST_PAUSE = 0.02
LONGEST_PAUSE = 10.0
GROWTH = 1.5
_ENDED = {Phase.FAILED: State.FAILED, Phase.CANCELLED: State.CANCELLED}


@dataclass(frozen=True, slots=True)
class Collector:
    """Brings jobs home.

    Attributes:
        backend: Where they run.
        journal: Where they are settled.
        store: Where results are kept before they are settled.
        patience: Waits between two questions.
    """

    backend: RemoteBackend
    journal: Journal
    store: ResultStore
    patience: Patience

    def collect(self, entry: Entry, job: Job) -> Results:
        """Wait until the job is done; return its results.

        Results that an earlier session stored and did not settle are not read again.

        Raises:
            JobFailedError: It failed or was cancelled; its reserve is released.
            ProviderError: The vendor's answer cannot be used.
            InterruptedRunError: Somebody asked to stop.
            TransientError: The vendor does not answer; the job is adopted on resume.
        """
        progress = self._wait(entry, job)
        if progress.phase is not Phase.DONE:
            raise self._failed(entry, job, progress)
        results = self.store.get(entry.draft.digest, where={"key": entry.key})
        if results is None:
            results = read(self.backend.fetch, job)
            keep(self.store, entry.draft, job.id, results)
        self._settle(entry, job)
        return results

    def _wait(self, entry: Entry, job: Job) -> JobProgress:
        pause = FIRST_PAUSE
        while not (progress := read(self.backend.poll, job)).phase.final:
            self.journal.beat(
                entry.draft.run_id,
                {
                    "submission": entry.draft.name,
                    "job_id": job.id,
                    "phase": str(progress.phase),
                    "position": progress.position,
                    "wait": progress.wait,
                },
            )
            self.patience.wait(pause)
            pause = min(LONGEST_PAUSE, GROWTH * pause)
        return progress

    def _settle(self, entry: Entry, job: Job) -> None:
        estimate = entry.draft.estimate
        bill = read(self.backend.billed, job)
        if bill is not None and (bill.currency == estimate.currency or not bill.amount):
            self.journal.move(entry.key, State.SETTLED, billed=bill.amount)
            return
        said = "tells no bill" if bill is None else f"billed {bill}, another currency"
        note = f"the vendor {said}; this is the estimate" if estimate.expected or bill else None
        self.journal.move(entry.key, State.SETTLED, billed=estimate.expected, detail=note)

    def _failed(self, entry: Entry, job: Job, progress: JobProgress) -> JobFailedError:
        bill = read(self.backend.billed, job)
        said = progress.detail or "no reason was given"
        estimate, amount = entry.draft.estimate, bill.amount if bill is not None else None
        if bill is not None and amount and bill.currency != estimate.currency:
            amount = estimate.expected
            said += f" (the vendor billed {bill}, another currency; this is the estimate)"
        self.journal.move(entry.key, _ENDED[progress.phase], billed=amount, detail=said)
        owed = f"{bill} were billed" if bill is not None and bill.amount else "nothing was billed"
        return JobFailedError(
            f"job {job.id} of {entry.draft.provider} ended as {progress.phase}: {said}; {owed}",
            hint=f"`qml runs resume {entry.draft.run_id}` buys it anew, and only it",
        )
