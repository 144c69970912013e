"""What a vendor's backend can do beyond a simulator: its jobs outlive this process and cost money.

The life of a job, in the order in which `execution.submission` calls: `split`, `sizes`, `submit`
(exactly one request on the wire), `poll` until it is done, `fetch`, `billed`. After a crash or a
lost reply `find` looks for the key. Everything but `submit` and `cancel` may be repeated at will.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeGuard

from qml.backends.base import Backend, Intent, Job, Results
from qml.circuits import Work
from qml.results.sizes import CircuitSize
from qml.units import Money


class Phase(StrEnum):
    """Where a job stands at the vendor."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more will happen."""
        return self in {Phase.DONE, Phase.FAILED, Phase.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a vendor says of a job.

    Attributes:
        phase: Where it stands.
        position: Jobs ahead of it, or None where the vendor does not say.
        wait: Seconds until it probably runs, or None.
        detail: Why it failed, in the vendor's words, or None.
    """

    phase: Phase
    position: int | None = None
    wait: float | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A job in the vendor's account.

    Attributes:
        id: The vendor's name of it.
        key: Our key in its metadata, name or tags; None where it carries none.
        phase: Where it stands.
        submitted: Seconds since the epoch, or None.
    """

    id: str
    key: str | None
    phase: Phase
    submitted: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a vendor says of a machine now; None where it does not say.

    Attributes:
        available: Whether it takes jobs.
        queue: Seconds that a job waits at present.
        two_qubit_fidelity: Median fidelity of a two-qubit gate, 0 to 1.
        calibrated: Moment of the calibration, seconds since the epoch.
        detail: More, as JSON values.
    """

    available: bool
    queue: float | None = None
    two_qubit_fidelity: float | None = None
    calibrated: float | None = None
    detail: Mapping[str, Any] | None = None


class RemoteBackend(Backend, Protocol):
    """A vendor's machine or cloud simulator."""

    @property
    def provider(self) -> str:
        """Who runs it, e.g. `ionq`."""
        ...

    @property
    def device(self) -> str:
        """Which machine, e.g. `forte-1`."""
        ...

    @property
    def place(self) -> str | None:
        """Host that answers in place of the vendor, e.g. an emulator; None for the vendor."""
        ...

    def ready(self) -> None:
        """Check, without a question to anybody, that work could be sent.

        A backend opens without credentials, since planning needs none.

        Raises:
            UsageError: A credential is missing or wrong in form; says where to put it.
        """
        ...

    def identity(self) -> Mapping[str, Any]:
        """Return all that decides results beside the work, as JSON values.

        Device, noise model, mitigation, way of compilation: results are stored under it, so that
        what was paid for is found again, and nothing else is taken for it.
        """
        ...

    def split(self, work: Work) -> Sequence[Work]:
        """Cut a batch into what one job of the vendor can hold, in order."""
        ...

    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        """Tell what each circuit amounts to once compiled: what is billed."""
        ...

    @property
    def most_seconds(self) -> float | None:
        """Longest that the vendor lets one job run; None where it enforces no limit of ours."""
        ...

    def seconds(self, work: Work) -> float | None:
        """Estimate the machine time that is billed for; None where time is not what is billed."""
        ...

    @property
    def mitigated(self) -> bool:
        """Whether the vendor's error mitigation is on, which may raise a minimum."""
        ...

    def submit(self, work: Work, intent: Intent) -> Job:
        """Send one job with exactly one request.

        Raises:
            ThrottledError: Refused for now, nothing was accepted.
            RefusedError: Refused for certain, nothing was accepted.
            UnknownSubmissionError: Anything else that is no acceptance.
        """
        ...

    def poll(self, job: Job) -> Progress:
        """Ask once where a job stands.

        Raises:
            TransientError: The question may be repeated.
            ProviderError: It may not.
        """
        ...

    def fetch(self, job: Job) -> Results:
        """Read the results of a job that is done.

        Raises:
            TransientError: It may be repeated.
            ProviderError: The answer cannot be used.
        """
        ...

    def find(self, intent: Intent) -> Job | None:
        """Look for the job that carries the intent's key, or return None.

        Raises:
            UnknownSubmissionError: Two jobs carry it; both ids are named.
            TransientError: The question may be repeated.
        """
        ...

    def billed(self, job: Job) -> Money | None:
        """Ask what a finished job cost; None where the vendor does not tell."""
        ...

    def estimate(self, work: Work) -> Money | None:
        """Ask the vendor what the work would cost; None where it cannot be asked."""
        ...

    def cancel(self, job: Job) -> None:
        """Ask the vendor to drop a job."""
        ...

    def jobs(self, since: float) -> Iterable[Listed]:
        """List the account's jobs on this machine since a moment (seconds since the epoch)."""
        ...

    def machine(self) -> Machine:
        """Ask how the machine is doing."""
        ...


def is_remote(backend: Backend) -> TypeGuard[RemoteBackend]:
    """Whether a backend's jobs outlive this process, and must be journalled."""
    return backend.capabilities.remote
