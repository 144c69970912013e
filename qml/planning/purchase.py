"""What a plan costs on one backend: circuits as that machine runs them, times its tariff."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple

from qml.backends.remote import RemoteBackend
from qml.circuits import Circuit, Work
from qml.circuits.resources import resources
from qml.pricing import CircuitSize, JobSize, Quote, Tariff


class Batch(NamedTuple):
    """Submissions of equal size.

    Attributes:
        times: How many.
        circuits: Circuits in each.
        what: What they are for, e.g. `step`.
    """

    times: int
    circuits: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """One row of `qml plan`: the work on one backend.

    Attributes:
        name: Name of the backend.
        circuits: Circuits over the whole run.
        shots: Shots over the whole run.
        one_qubit: One-qubit gates over the whole run, as the machine runs them.
        two_qubit: Two-qubit gates likewise.
        jobs: Jobs at the vendor; 0 where nothing leaves this machine.
        low: Least price.
        expected: What to count on.
        high: Most; never exceeded.
        currency: Currency of the three.
        minimum_applies: A minimum charge of the vendor raises the price.
        notes: How the price comes about.
        seconds: Billed machine time, where that is what is billed.
        queue: Seconds that a job waits at present, or None where it is not known.
        fidelity: Median two-qubit fidelity, or None where it is not known.
        available: Whether the machine takes jobs now, or None where nobody was asked.
        vendor: The vendor's own estimate, or None where it cannot be asked.
        circuit: One circuit of the kind, to ask the vendor about; None where nothing is asked.
    """

    name: str
    circuits: int
    shots: int
    one_qubit: int
    two_qubit: int
    jobs: int = 0
    low: Decimal = Decimal("0.00")
    expected: Decimal = Decimal("0.00")
    high: Decimal = Decimal("0.00")
    currency: str = "USD"
    minimum_applies: bool = False
    notes: tuple[str, ...] = ()
    seconds: float | None = None
    queue: float | None = None
    fidelity: float | None = None
    available: bool | None = None
    vendor: Decimal | None = None
    circuit: Circuit | None = None

    @property
    def free(self) -> bool:
        """Whether it costs nothing."""
        return self.high == 0

    def document(self) -> dict[str, Any]:
        """Return a row of `backends` in `qml.plan/1`."""
        return {
            "name": self.name,
            "circuits": self.circuits,
            "shots": self.shots,
            "gates": {"1q": self.one_qubit, "2q": self.two_qubit},
            "jobs": self.jobs,
            "price": {
                "low": f"{self.low:.2f}",
                "expected": f"{self.expected:.2f}",
                "high": f"{self.high:.2f}",
                "currency": self.currency,
                "vendor_estimate": None if self.vendor is None else f"{self.vendor:.2f}",
            },
            "minimum_applies": self.minimum_applies,
            "seconds": self.seconds,
            "queue_seconds": self.queue,
            "two_qubit_fidelity": self.fidelity,
            "available": self.available,
            "notes": list(self.notes),
        }


def free_purchase(
    name: str, sample: Sequence[Circuit], batches: Sequence[Batch], shots: int
) -> Purchase:
    """Count work that runs on this machine for nothing; gates as written."""
    circuits = sum(b.times * b.circuits for b in batches)
    counted = [resources(c) for c in sample]
    share = circuits / max(1, len(counted))
    return Purchase(
        name=name,
        circuits=circuits,
        shots=circuits * shots,
        one_qubit=round(share * sum(r.one_qubit for r in counted)),
        two_qubit=round(share * sum(r.two_qubit + r.wider for r in counted)),
    )


def price_purchase(
    backend: RemoteBackend,
    tariff: Tariff,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
    shots: int,
) -> Purchase:
    """Price work on a vendor's machine.

    Args:
        backend: The machine; it compiles the sample, which needs no network.
        tariff: Its tariff.
        sample: A few circuits of the kind that will run.
        batches: What will be submitted.
        shots: Shots of each circuit.
    """
    sizes = backend.sizes(Work(circuits=tuple(sample), shots=shots))
    typical = _typical(sizes)
    job = Jobs(backend, tariff, sample[0], typical, shots)
    priced = [(b, q) for b in batches if b.circuits for q in job.quotes(b.circuits)]
    quotes = [(b.times, q) for b, q in priced]
    circuits = sum(b.times * b.circuits for b in batches)
    seconds = backend.seconds(Work(circuits=(sample[0],), shots=shots))
    return Purchase(
        name=f"{backend.provider}.{backend.device}",
        circuits=circuits,
        shots=circuits * shots,
        one_qubit=circuits * typical.one_qubit,
        two_qubit=circuits * typical.two_qubit,
        jobs=sum(times for times, _ in quotes),
        low=sum((times * q.low for times, q in quotes), Decimal(0)),
        expected=sum((times * q.expected for times, q in quotes), Decimal(0)),
        high=sum((times * q.high for times, q in quotes), Decimal(0)),
        currency=tariff.currency,
        minimum_applies=any(q.minimum_applies for _, q in quotes),
        notes=tuple(dict.fromkeys(_note(b, n) for b, q in priced for n in q.notes)),
        seconds=None if seconds is None else circuits * seconds,
        circuit=sample[0],
    )


@dataclass(frozen=True, slots=True)
class Jobs:
    """Prices jobs of equal circuits on one machine.

    Attributes:
        backend: The machine.
        tariff: Its tariff.
        circuit: One circuit of the kind.
        size: Its size once compiled.
        shots: Shots of each circuit.
    """

    backend: RemoteBackend
    tariff: Tariff
    circuit: Circuit
    size: CircuitSize
    shots: int

    def quotes(self, circuits: int) -> Iterator[Quote]:
        """Price one submission of so many circuits; a job of the vendor at a time."""
        for work in self.backend.split(Work(circuits=(self.circuit,) * circuits, shots=self.shots)):
            yield self.quote(len(work.circuits), work)

    def quote(self, circuits: int, work: Work) -> Quote:
        """Price one job."""
        return self.tariff.quote(job_size(self.backend, work, sizes=(self.size,) * circuits))


def job_size(
    backend: RemoteBackend, work: Work, sizes: Sequence[CircuitSize] | None = None
) -> JobSize:
    """Return what one job amounts to for a tariff.

    Args:
        backend: The machine.
        work: What one job holds.
        sizes: Sizes of its circuits, where they are known; compiled here otherwise.
    """
    seconds = backend.seconds(work)
    return JobSize(
        circuits=tuple(backend.sizes(work) if sizes is None else sizes),
        shots=work.shots,
        mitigated=backend.mitigated,
        seconds=None if seconds is None else Decimal(repr(float(seconds))),
        tasks=1,
    )


def _note(batch: Batch, note: str) -> str:
    """Say which submission a sum is about; other sentences hold for all of them."""
    return f"each {batch.what}: {note}" if note[:1].isdigit() else note


def _typical(sizes: Sequence[CircuitSize]) -> CircuitSize:
    """Return the size to plan with: the largest seen, since angles of zero save gates by luck."""
    return CircuitSize(
        one_qubit=ceil(max(s.one_qubit for s in sizes)),
        two_qubit=ceil(max(s.two_qubit for s in sizes)),
        qubits=max(s.qubits for s in sizes),
        measured=max(s.measured for s in sizes),
    )
