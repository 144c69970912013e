"""Everything that is asked of IonQ or sent to it. Importing this imports qiskit-ionq."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from qml.backends.base import Job, Results
from qml.backends.ionq import listing, machine, noise, reading
from qml.backends.ionq.access import Access
from qml.backends.ionq.client import Client, Document
from qml.backends.ionq.compilation import Compilation
from qml.backends.ionq.devices import SIMULATOR, api_name
from qml.backends.ionq.money import Estimates, bill
from qml.backends.ionq.session import Session
from qml.backends.ionq.ticket import Ticket
from qml.backends.ionq.writing import Terms, write
from qml.backends.remote import Listed, Machine, Phase, Progress
from qml.circuits import Work
from qml.errors import ProviderError, RefusedError
from qml.results.sizes import CircuitSize
from qml.results.usage import Usage
from qml.units import Money


class Account:
    """An account at IonQ, and one machine of theirs.

    Args:
        access: Where the API is, and the key.
        device: The machine.
        model: Noise model of the simulator.
        debiasing: Whether IonQ's error mitigation is on.
        limit: Cost limit of a session (USD), or None for no session.
    """

    def __init__(
        self, access: Access, device: str, *, model: str, debiasing: bool, limit: Decimal | None
    ) -> None:
        self._client = Client(access)
        self._device = device
        self._backend = api_name(device)
        self._model = model
        self._debiasing = debiasing
        self._estimates = Estimates(self._client, self._backend, debiasing=debiasing)
        self._session = Session(self._client, self._backend, limit) if limit is not None else None
        self._unfinished: set[str] = set()

    def send(self, work: Work, compilation: Compilation, ticket: Ticket) -> Job:
        """Send one job with one POST, in the session where there is one."""
        session = self._session.id() if self._session is not None else None
        terms = Terms(self._device, self._model, self._debiasing, session)
        job = write(work, compilation, ticket, terms, self._client)
        self._unfinished.add(ticket.key)
        try:
            sent = Job(id=self._client.submit(job))
        except RefusedError:
            self._unfinished.discard(ticket.key)
            raise
        return self._known(ticket.key, sent)

    def poll(self, job: Job) -> Progress:
        """Ask once where a job stands."""
        document = self._client.job(job.id)
        wait = document.get("predicted_wait_time_ms")
        phase = listing.phase_of(document)
        if phase.final:
            self._unfinished.discard(job.id)
        return Progress(
            phase=phase,
            wait=wait / 1000 if isinstance(wait, (int, float)) else None,
            detail=_failure(document),
        )

    def fetch(self, job: Job) -> Results:
        """Read the results of a job that is done."""
        document = self._client.job(job.id)
        if listing.phase_of(document) is not Phase.DONE:
            raise ProviderError(f"job {job.id} of IonQ has no results: it is {document['status']}")
        ticket = Ticket.read(job.id, document.get("metadata"))
        found = reading.distributions(self._client, document, ticket)
        counts = (
            reading.sampled(distribution, wires, ticket.shots, [ticket.seed, place])
            if self._device == SIMULATOR and self._model == noise.IDEAL
            else reading.counted(distribution, wires, ticket.shots, mitigated=self._debiasing)
            for place, (distribution, wires) in enumerate(zip(found, ticket.wires, strict=True))
        )
        return Results(counts=tuple(counts), usage=_used(ticket, document))

    def find(self, key: str) -> Job | None:
        """Look for the job of a key in all pages of the account's list."""
        found = listing.find(self._client, self._backend, key)
        return self._known(key, Job(id=found)) if found is not None else None

    def jobs(self, since: float) -> list[Listed]:
        """List the jobs on this machine since a moment."""
        return list(listing.since(self._client, self._backend, since))

    def billed(self, job: Job) -> Money | None:
        """Ask what a job cost."""
        return bill(self._client, job.id, free=self._device == SIMULATOR)

    def estimate(self, sizes: Sequence[CircuitSize], shots: int) -> Money:
        """Ask what circuits would cost."""
        return self._estimates.of(sizes, shots)

    def cancel(self, job: Job) -> None:
        """Ask to drop a job."""
        self._client.cancel(job.id)

    def machine(self) -> Machine:
        """Ask how the machine is doing."""
        return machine.look(self._client, self._device)

    def characterization(self) -> dict[str, Any] | None:
        """Return the latest calibration's id and date, or why it could not be asked."""
        if self._device == SIMULATOR:
            return None
        try:
            found = machine.characterization(self._client, self._device) or {}
        except ProviderError as error:
            return {"id": None, "date": None, "error": error.message}
        return {"id": found.get("id"), "date": found.get("date")}

    def close(self) -> None:
        """End the session, unless a job of it is not done: it would be lost with it."""
        if self._session is not None:
            self._session.end(unfinished=len(self._unfinished))

    def _known(self, key: str, job: Job) -> Job:
        """Remember a job under its own name, once it is known."""
        if key in self._unfinished:
            self._unfinished.discard(key)
            self._unfinished.add(job.id)
        return job


def _failure(document: Document) -> str | None:
    failure = document.get("failure")
    if not isinstance(failure, Mapping):
        return None
    said = failure.get("message") or failure.get("error")
    return ": ".join(str(part) for part in (failure.get("code"), said) if part) or None


def _used(ticket: Ticket, document: Document) -> Usage:
    taken = document.get("execution_duration_ms")
    return Usage(
        submissions=1,
        circuits=len(ticket.wires),
        shots=ticket.shots * len(ticket.wires),
        one_qubit=ticket.one_qubit,
        two_qubit=ticket.two_qubit,
        seconds=taken / 1000 if isinstance(taken, (int, float)) else 0.0,
    )
