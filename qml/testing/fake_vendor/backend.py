"""The client of the fake vendor: a `RemoteBackend` whose results a plain simulator makes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from qml.backends.base import Capabilities, Intent, Job, Results
from qml.backends.check import check
from qml.backends.remote import Listed, Machine, Phase, Progress, RemoteBackend
from qml.backends.sampling import draw
from qml.circuits import CircuitModel, DifferentiableCircuit, OverlapFunction, Work, resources
from qml.errors import (
    ProviderError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
)
from qml.execution.submission.draft import Estimate
from qml.results.counts import Counts
from qml.results.sizes import CircuitSize
from qml.results.usage import Usage
from qml.testing import reference
from qml.testing.fake_vendor.account import FakeAccount, FakeJob
from qml.units import Money

QUBITS = 12
PER_JOB = Decimal("1.00")
PER_SHOT = Decimal("0.01")
HIGH = Decimal("1.25")


class FakeRemote:
    """A machine of the fake vendor.

    Args:
        account: The vendor's side.
        device: Which machine.
        circuits_per_job: Most circuits of one job; larger batches are split.

    Attributes:
        unreachable: So many of the next questions get no answer.
    """

    provider = "fake"

    def __init__(
        self, account: FakeAccount, *, device: str = "one", circuits_per_job: int = 8
    ) -> None:
        self.account = account
        self.device = device
        self.unreachable = 0
        self._most = circuits_per_job

    @property
    def name(self) -> str:
        """Registered name."""
        return "fake"

    @property
    def capabilities(self) -> Capabilities:
        """Counts of a few qubits, for money."""
        return capabilities(self.device)

    @property
    def place(self) -> str | None:
        """Return None: there is no other."""
        return None

    def ready(self) -> None:
        """Need no credentials."""

    def identity(self) -> Mapping[str, Any]:
        """Return the device: nothing else decides the results."""
        return {"provider": self.provider, "device": self.device}

    def usage(self, work: Work) -> Usage:
        """Tell what the work will use: nothing is compiled."""
        return work.usage

    def split(self, work: Work) -> Sequence[Work]:
        """Cut a batch into jobs."""
        starts = range(0, max(1, len(work.circuits)), self._most)
        return [replace(work, circuits=work.circuits[i : i + self._most]) for i in starts]

    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        """Tell the sizes of the circuits as written."""
        counted = [resources(circuit) for circuit in work.circuits]
        return [
            CircuitSize(one_qubit=r.one_qubit, two_qubit=r.two_qubit, qubits=r.wires)
            for r in counted
        ]

    @property
    def most_seconds(self) -> float | None:
        """Return None: no limit on the time of a job is sent."""
        return None

    def seconds(self, work: Work) -> float | None:
        """Return None: jobs are not billed by time."""
        del work
        return None

    @property
    def mitigated(self) -> bool:
        """No errors, no mitigation."""
        return False

    def submit(self, work: Work, intent: Intent) -> Job:
        """Send one job; the account's script says what becomes of it."""
        check(work, self.capabilities, name=self.name)
        reply, made = self.account.post(
            intent.key, intent.digest, self.device, _simulated(work), _price(work)
        )
        match reply.told:
            case "lost":
                raise UnknownSubmissionError("the fake vendor's reply was lost")
            case "refused":
                raise RefusedError("the fake vendor refused")
            case "throttled":
                raise ThrottledError("the fake vendor is busy", retry_after=reply.retry_after)
            case "id":
                return Job(id=made[0])

    def poll(self, job: Job) -> Progress:
        """Ask once where a job stands."""
        self._reach()
        found = _known(self.account.ask(job.id), job)
        detail = "the fake vendor says so" if found.phase is Phase.FAILED else None
        return Progress(phase=found.phase, detail=detail)

    def fetch(self, job: Job) -> Results:
        """Read the results of a job that is done."""
        self._reach()
        found = _known(self.account.look(job.id), job)
        if found.phase is not Phase.DONE:
            raise ProviderError(f"job {job.id} has no results: it is {found.phase}")
        document = json.loads(found.results)
        counts = tuple(Counts(row["wires"], row["tally"]) for row in document["counts"])
        return Results(counts=counts, usage=Usage(**document["usage"]))

    def find(self, intent: Intent) -> Job | None:
        """Look through the account's list for the key."""
        self._reach()
        ids = [job.id for job in self.account.listing(intent.key)]
        if len(ids) > 1:
            raise UnknownSubmissionError(
                f"the fake vendor has {len(ids)} jobs of key {intent.key}: {', '.join(ids)}"
            )
        return Job(id=ids[0]) if ids else None

    def billed(self, job: Job) -> Money | None:
        """Ask what a job cost."""
        self._reach()
        return Money(amount=_known(self.account.look(job.id), job).bill)

    def estimate(self, work: Work) -> Money | None:
        """Ask what the work would cost."""
        return Money(amount=_price(work))

    def cancel(self, job: Job) -> None:
        """Ask the vendor to drop a job."""
        self.account.cancel(job.id)

    def jobs(self, since: float) -> Iterable[Listed]:
        """List the jobs of this machine since a moment."""
        return [
            Listed(id=job.id, key=job.key, phase=job.phase, submitted=job.submitted)
            for job in self.account.listing()
            if job.device == self.device and job.submitted >= since
        ]

    def machine(self) -> Machine:
        """Say that all is well."""
        return Machine(available=True, queue=0.0, two_qubit_fidelity=1.0)

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return None: a machine has no derivatives."""
        del model
        return None

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return None: a machine has no states."""
        del model
        return None

    def snapshot(self) -> Mapping[str, Any]:
        """Return the identity."""
        return {"name": self.name, **self.identity()}

    def close(self) -> None:
        """Close the account."""
        self.account.close()

    def _reach(self) -> None:
        if self.unreachable:
            self.unreachable -= 1
            raise TransientError("the fake vendor does not answer")


def capabilities(device: str) -> Capabilities:
    """Return what a machine of the fake vendor can do."""
    return Capabilities(
        qubits=QUBITS,
        exact=False,
        samples=True,
        noise=False,
        paid=True,
        remote=True,
        billing=("fake", device),
    )


def fake_price(backend: RemoteBackend, work: Work) -> Estimate:
    """Price a job as the fake vendor bills it, with some air above."""
    del backend
    price = _price(work)
    return Estimate(low=price, expected=price, high=price * HIGH, tariff_source="qml.testing")


def _price(work: Work) -> Decimal:
    return PER_JOB + PER_SHOT * work.shots * len(work.circuits)


def _simulated(work: Work) -> str:
    counts = [
        draw(reference.probabilities(circuit), work.shots, [work.seed, place])
        for place, circuit in enumerate(work.circuits)
    ]
    rows = [{"wires": c.wires, "tally": dict(c.tally)} for c in counts]
    return json.dumps({"counts": rows, "usage": asdict(work.usage)})


def _known(found: FakeJob | None, job: Job) -> FakeJob:
    if found is None:
        raise ProviderError(f"the fake vendor knows no job {job.id}")
    return found
