"""`ionq`: jobs on IonQ's cloud, each sent with one request and found again by its key."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qml.backends.base import Intent, Job, Results, Settings
from qml.backends.check import check
from qml.backends.cloud import CloudBackend
from qml.backends.device import device_of
from qml.backends.ionq import PROVIDER, limits, noise
from qml.backends.ionq.access import Access
from qml.backends.ionq.compilation import Compilation
from qml.backends.ionq.devices import SIMULATOR, family_of, known, plain
from qml.backends.ionq.ticket import Ticket
from qml.backends.plugin import Plugin
from qml.backends.remote import Listed, Machine, Progress
from qml.circuits import Circuit, Work
from qml.errors import PlanError
from qml.results.sizes import CircuitSize
from qml.results.usage import Usage
from qml.units import FREE, Money

if TYPE_CHECKING:
    from qml.backends.ionq.account import Account

LEAST_SHOTS_DEBIASED = 500
MOST_SHOTS = 1_000_000


class Ionq(CloudBackend):
    """IonQ's simulator, or one of its machines.

    qiskit-ionq is imported with the first question to IonQ: planning does without it.

    Args:
        plugin: What the backend says of itself.
        settings: What it was opened with.

    Raises:
        PlanError: The machine is unknown, the noise is none that IonQ models, or debiasing was
            asked of the simulator.
    """

    def __init__(self, plugin: Plugin, settings: Settings) -> None:
        section = settings.section
        self.name = plugin.name
        self.provider = PROVIDER
        self.device = plain(device_of(section, PROVIDER, section.ionq.device))
        known(self.device)
        self.capabilities = plugin.capabilities(section)
        self.mitigated = section.ionq.debiasing
        if self.mitigated and self._free:
            raise PlanError(
                "IonQ's simulator has no debiasing", hint="set `backend.ionq.debiasing = false`"
            )
        self._plugin = plugin
        self._noise = noise.model_of(section.noise)
        family = family_of(self.device, section.noise.model) if section.ionq.native else None
        self._compilation = Compilation(family)
        self._access = Access(settings.environ)
        self._limit = None if self._free else section.ionq.session_cost_limit
        self._account: Account | None = None

    @property
    def place(self) -> str | None:
        """Return the host of `IONQ_API_URL` where it is not IonQ's."""
        return None if self._access.place == PROVIDER else self._access.place

    def ready(self) -> None:
        """Check that there is a key; nobody is asked whether it is the right one.

        Raises:
            UsageError: There is none; says the three ways to give one.
        """
        self._access.require()

    def identity(self) -> Mapping[str, Any]:
        """Return all that decides results beside the work, and whose machine it is."""
        return {
            "provider": self.provider,
            "at": self._access.place,
            "device": self.device,
            "noise": self._noise,
            "debiasing": self.mitigated,
            "compilation": self._compilation.identity(),
        }

    def split(self, work: Work) -> Sequence[Work]:
        """Cut a batch by IonQ's limits on one job.

        Raises:
            PlanError: The work lies outside what the machine can do, or one circuit is too large.
        """
        self._check(work)
        return limits.split(work, lambda circuit: self._compilation.of(circuit).circuit)

    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        """Count the gates that are sent: native ones, or standard ones as they are written."""
        return [self._compilation.of(circuit).size for circuit in work.circuits]

    def native(self, circuit: Circuit) -> Circuit | None:
        """Return a circuit in the gates that are sent, marked verbatim; None for standard gates.

        IonQ compiles standard gates, and sends native ones to the machine as they are.
        """
        return self._compilation.native(circuit)

    def usage(self, work: Work) -> Usage:
        """Tell what the work will use, with the gates that are sent."""
        sizes = self.sizes(work)
        return Usage(
            submissions=len(self.split(work)),
            circuits=len(sizes),
            shots=work.shots * len(sizes),
            one_qubit=sum(s.one_qubit for s in sizes),
            two_qubit=sum(s.two_qubit for s in sizes),
        )

    def submit(self, work: Work, intent: Intent) -> Job:
        """Send one job with exactly one POST.

        Raises:
            PlanError: The work lies outside what the machine can do; nothing was sent.
            UsageError: There is no key; nothing was sent.
            ThrottledError: Refused for now, nothing was accepted.
            RefusedError: Refused for certain, nothing was accepted.
            UnknownSubmissionError: Anything else that is no acceptance.
        """
        self._check(work)
        self._access.require()
        return self._ask().send(work, self._compilation, self._ticket(work, intent.key))

    def poll(self, job: Job) -> Progress:
        """Ask once where a job stands.

        Raises:
            TransientError: The question may be repeated.
            ProviderError: It may not.
        """
        return self._ask().poll(job)

    def fetch(self, job: Job) -> Results:
        """Read the results of a job that is done; nothing but its id is needed.

        Raises:
            TransientError: It may be repeated.
            ProviderError: The job is not done, not ours, or its results cannot be used.
        """
        return self._ask().fetch(job)

    def find(self, intent: Intent) -> Job | None:
        """Look for the job that carries the intent's key, in all pages of the account's list.

        Raises:
            UnknownSubmissionError: Two jobs carry it; both ids are named.
            TransientError: The question may be repeated.
        """
        return self._ask().find(intent.key)

    def billed(self, job: Job) -> Money | None:
        """Ask what a finished job cost; nothing on the simulator."""
        return self._ask().billed(job)

    def estimate(self, work: Work) -> Money | None:
        """Ask IonQ what the work would cost, circuit by circuit; None without a key."""
        if self._free:
            return FREE
        if self._access.key is None or not work.circuits:
            return None
        return self._ask().estimate(self.sizes(work), work.shots)

    def cancel(self, job: Job) -> None:
        """Ask IonQ to drop a job; one that is done stays done."""
        self._ask().cancel(job)

    def jobs(self, since: float) -> Iterable[Listed]:
        """List the account's jobs on this machine since a moment (seconds since the epoch)."""
        return self._ask().jobs(since)

    def machine(self) -> Machine:
        """Ask how the machine is doing; that needs no key."""
        return self._ask().machine()

    def snapshot(self) -> Mapping[str, Any]:
        """Return versions, settings and the calibration for the manifest."""
        return {
            "name": self.name,
            "packages": self._plugin.versions(),
            "at": self._access.place,
            "device": self.device,
            "gateset": self._compilation.gateset,
            "compilation": self._compilation.identity(),
            "noise": self._noise,
            "debiasing": self.mitigated,
            "session_cost_limit": str(self._limit) if self._limit is not None else None,
            "characterization": None if self._free else self._ask().characterization(),
        }

    def close(self) -> None:
        """End the session, where one was opened."""
        if self._account is not None:
            self._account.close()

    @property
    def _free(self) -> bool:
        return self.device == SIMULATOR

    def _ask(self) -> "Account":
        """Return the account; qiskit-ionq is imported here, and not for planning."""
        if self._account is None:
            from qml.backends.ionq.account import Account

            self._account = Account(
                self._access,
                self.device,
                model=self._noise,
                debiasing=self.mitigated,
                limit=self._limit,
            )
        return self._account

    def _ticket(self, work: Work, key: str) -> Ticket:
        sizes = self.sizes(work)
        return Ticket(
            key=key,
            seed=work.seed,
            shots=work.shots,
            wires=tuple(circuit.wires for circuit in work.circuits),
            one_qubit=sum(s.one_qubit for s in sizes),
            two_qubit=sum(s.two_qubit for s in sizes),
        )

    def _check(self, work: Work) -> None:
        check(work, self.capabilities, name=f"{self.provider}.{self.device}")
        if work.shots > MOST_SHOTS:
            raise PlanError(
                f"IonQ takes {MOST_SHOTS} shots of a circuit, and here are {work.shots}",
                hint="lower `backend.shots`",
            )
        if self.mitigated and work.shots < LEAST_SHOTS_DEBIASED:
            raise PlanError(
                f"IonQ's debiasing needs {LEAST_SHOTS_DEBIASED} shots, and here are {work.shots}",
                hint="raise `backend.shots`, or set `backend.ionq.debiasing = false`",
            )
