"""What a test of a remote backend needs of the vendor's side, and how the backend is driven."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from qml.backends.base import Intent, Job
from qml.backends.remote import Phase, Progress, RemoteBackend
from qml.circuits import Circuit, Work
from qml.errors import QmlError, RefusedError, ThrottledError, UnknownSubmissionError
from qml.execution.submission.orders import independent
from qml.results.counts import Counts
from qml.testing import circuits
from qml.units import Money

PATIENCE = 20.0


class Vendor(Protocol):
    """The vendor's side: what a test may know of it beside what the backend says."""

    @property
    def posts(self) -> int:
        """Submissions that reached it, accepted or not."""
        ...

    @property
    def jobs(self) -> Sequence[str]:
        """Ids of the jobs that it made."""
        ...

    def bill(self, job_id: str) -> Money:
        """Tell what it charged for a job."""
        ...

    def gates(self, job_id: str) -> tuple[int, int]:
        """Count the one- and two-qubit gates that it was sent in a job."""
        ...

    def connect(self) -> RemoteBackend:
        """Open the backend under test anew, as another process would."""
        ...


Opener = Callable[..., Vendor]
"""Opens a fresh vendor: `opener(fault)`; one that cannot play a fault skips the test."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What the vendor does to the first submission.

    Attributes:
        name: What the opener is told.
        error: What `submit` has to raise, exactly.
        accepted: Whether there is a job all the same.
    """

    name: str
    error: type[QmlError]
    accepted: bool = False


FAULTS = (
    Fault("401", RefusedError),
    Fault("429", ThrottledError),
    *(Fault(f"{code}-before-accept", UnknownSubmissionError) for code in (500, 502, 503, 504)),
    *(Fault(f"{code}-after-accept", UnknownSubmissionError, True) for code in (500, 502, 503, 504)),  # noqa: FBT003 - `accepted`
    Fault("drop-before-accept", UnknownSubmissionError),
    Fault("drop-after-accept", UnknownSubmissionError, accepted=True),
    Fault("slow-response", UnknownSubmissionError, accepted=True),
    Fault("wrong-json", UnknownSubmissionError, accepted=True),
)
"""Answers to a submission. `slow-response` takes longer than the backend waits."""

READ_FAULTS = ("429", "500", "502", "503", "504", "drop", "slow", "wrong-json")
"""Answers to the first question, as `get-NAME`."""

ENDLESS = "endless-queue"
FAILING = "job-failed"


def smallest() -> Work:
    """Return the cheapest work that has something to count."""
    return Work(circuits=(circuits.bell(),), shots=16, seed=3)


def wait_for(backend: RemoteBackend, job: Job) -> Progress:
    """Poll until a job is final.

    Raises:
        TimeoutError: It is not after 20 seconds.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (progress := backend.poll(job)).phase.final:
            return progress
        time.sleep(0.01)
    raise TimeoutError(f"job {job.id} is not final after {PATIENCE:g} s")


def bought(
    backend: RemoteBackend, batch: Sequence[Circuit], *, shots: int, seed: int = 5
) -> Sequence[Counts]:
    """Run a batch, in as many jobs as the vendor takes it in, and return its counts in order."""
    work = Work(circuits=tuple(batch), shots=shots, seed=seed)
    parts = independent(backend.split(work))
    jobs = [backend.submit(part, intent(part.digest[:32])) for part in parts]
    assert [wait_for(backend, job).phase for job in jobs] == [Phase.DONE] * len(jobs)
    counts = [count for job in jobs for count in backend.fetch(job).counts or ()]
    assert [c.shots for c in counts] == [shots] * len(batch)
    return counts


def intent(key: str) -> Intent:
    """Make an intent of a key."""
    return Intent(key=key, digest="")
