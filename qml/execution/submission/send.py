"""Sending one job: exactly one request, and a state for every answer there can be."""

from dataclasses import dataclass, field

from qml.backends.base import Intent, Job
from qml.backends.remote import RemoteBackend
from qml.circuits import Work
from qml.errors import ProviderError, RefusedError, ThrottledError, UnknownSubmissionError
from qml.execution.submission.draft import Entry, State
from qml.execution.submission.journal import Journal
from qml.execution.submission.reads import read
from qml.execution.submission.reconcile import Reconciler
from qml.execution.submission.waiting import Patience
from qml.ports import Progress, Silence

MOST_POSTS = 20
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
LONGEST_ASKED = 600.0
WORTH_A_WORD = 5.0


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends jobs whose intent is journalled.

    Attributes:
        backend: Where to.
        journal: Where states are written, always before what they announce.
        reconciler: Finds out what became of a job whose answer was lost.
        patience: Waits where the vendor asks for it.
        progress: Who is told of long waits.
        search: Look for each job before it is sent: an earlier session's journal may be lost.
    """

    backend: RemoteBackend
    journal: Journal
    reconciler: Reconciler
    patience: Patience
    progress: Progress = field(default_factory=Silence)
    search: bool = False

    def send(self, entry: Entry, work: Work) -> Job:
        """Bring an intent that is not final to the vendor, or find the job it became.

        Raises:
            RefusedError: The vendor refused for certain; the reserve is released.
            UnknownSubmissionError: It is not known whether a job exists.
            InterruptedRunError: Somebody asked to stop; nothing more is sent.
        """
        posts = 0
        while entry.state is not State.SUBMITTED:
            if entry.state in {State.SENDING, State.UNKNOWN}:
                entry = self.reconciler.settle(entry)
            elif posts < MOST_POSTS:
                entry = self._post(entry, work, posts)
                posts += 1
            else:
                raise self._given_up(entry)
        assert entry.job_id is not None
        return Job(id=entry.job_id)

    def _wait(self, entry: Entry, error: ThrottledError, attempt: int) -> None:
        """Wait as long as the vendor asks, up to ten minutes, and say so where it is long."""
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt)
        if error.retry_after is not None:
            pause = min(LONGEST_ASKED, error.retry_after)
        run_id = entry.draft.run_id
        self.journal.beat(run_id, {"submission": entry.draft.name, "phase": "throttled"})
        if pause >= WORTH_A_WORD:
            self.progress.say(f"{entry.draft.provider}: {error.message}; waiting {pause:.0f} s")
        self.patience.wait(pause)

    def _given_up(self, entry: Entry) -> RefusedError:
        self.journal.move(entry.key, State.CANCELLED, detail="throttled for too long")
        return RefusedError(
            f"{entry.draft.provider} accepted nothing in {MOST_POSTS} attempts: {entry.detail}",
            hint="nothing of it was sent; go on later with `qml runs resume`",
        )

    def _post(self, entry: Entry, work: Work, attempt: int) -> Entry:
        """Send once and write down what came of it.

        Only a refusal is taken for one. Any other error may have come after the vendor accepted;
        a process that dies here leaves `sending`, which means the same.
        """
        self.patience.check()
        key = entry.key
        intent = Intent(key=key, digest=entry.draft.digest)
        self.journal.move(key, State.SENDING)
        if self.search and attempt == 0 and (job := read(self.backend.find, intent)) is not None:
            return self.journal.move(key, State.SUBMITTED, job_id=job.id)
        try:
            job = self.backend.submit(work, intent)
        except ThrottledError as error:
            back = self.journal.move(key, State.INTENDED, detail=error.message)
            self._wait(entry, error, attempt)
            return back
        except RefusedError as error:
            self.journal.move(key, State.REFUSED, detail=error.message)
            raise
        except (UnknownSubmissionError, ProviderError) as error:
            return self.journal.move(key, State.UNKNOWN, detail=error.message)
        except Exception as error:
            self.journal.move(key, State.UNKNOWN, detail=f"{type(error).__name__}: {error}")
            raise
        return self.journal.move(key, State.SUBMITTED, job_id=job.id)
