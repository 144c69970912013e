"""What became of a submission whose answer was lost: adopt it, wait for it, or stop and ask."""

from dataclasses import dataclass, field
from typing import Literal

from qml.backends.base import Intent
from qml.backends.remote import RemoteBackend
from qml.errors import UnknownSubmissionError
from qml.execution.submission.draft import Entry, State
from qml.execution.submission.journal import Journal
from qml.execution.submission.reads import read
from qml.execution.submission.waiting import Patience
from qml.ports import Progress

FIRST_LOOK = 0.2
LONGEST_PAUSE = 5.0


@dataclass(frozen=True, slots=True)
class Reconciler:
    """Settles intents that were `sending` or `unknown`.

    Attributes:
        backend: Who is asked.
        journal: Where the answer is written.
        patience: Waits between two questions.
        progress: Who is told that a job was adopted.
        grace: Seconds a vendor may take to list a job. They are counted in this process alone,
            by a clock that never jumps, since the time of the crash is a wall clock's.
        on_unknown: What to do where it is not listed after that.
        again: Keys that were sent again already. Once is what was asked for: a vendor that
            accepts and never lists would sell the same job over and over.
    """

    backend: RemoteBackend
    journal: Journal
    patience: Patience
    progress: Progress
    grace: float
    on_unknown: Literal["stop", "resubmit"]
    again: set[str] = field(default_factory=set)

    def settle(self, entry: Entry) -> Entry:
        """Return the intent as `submitted`, or as `intended` where it may be sent again.

        Raises:
            UnknownSubmissionError: The vendor lists two jobs of this key, or none after the grace
                period and `on_unknown` is `stop`.
        """
        if entry.state is State.SENDING:
            entry = self.journal.move(entry.key, State.UNKNOWN, detail="no answer was recorded")
        intent = Intent(key=entry.key, digest=entry.draft.digest)
        deadline, pause = self.patience.clock.monotonic() + self.grace, FIRST_LOOK
        while True:
            job = read(self.backend.find, intent)
            if job is not None:
                self.progress.say(f"adopted job {job.id}: it was sent before, and not lost")
                return self.journal.move(entry.key, State.SUBMITTED, job_id=job.id)
            left = deadline - self.patience.clock.monotonic()
            if left <= 0:
                return self._absent(entry)
            self.patience.wait(min(pause, left))
            pause = min(LONGEST_PAUSE, 2 * pause)

    def _absent(self, entry: Entry) -> Entry:
        if self.on_unknown == "resubmit" and entry.key not in self.again:
            self.again.add(entry.key)
            note = f"not listed after {self.grace:g} s, sent again"
            return self.journal.move(entry.key, State.INTENDED, detail=note)
        draft = entry.draft
        raise UnknownSubmissionError(
            f"{draft.provider} may or may not have accepted `{draft.name}` of run {draft.run_id}:"
            f" the answer was lost, and no job with its key is listed after {self.grace:g} s",
            details=f"intent {entry.key}, {draft.estimate.high:.2f} {draft.estimate.currency}"
            f" reserved; {entry.detail or 'no answer'}",
            hint=f"look at the vendor's list of jobs; then `qml jobs adopt {entry.key} JOB`, or"
            f" `qml runs resume {draft.run_id} --on-unknown resubmit`",
        )
