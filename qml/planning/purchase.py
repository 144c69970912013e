"""What a plan buys on one backend: how many circuits, shots and gates, and for what price."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from qml.circuits import Circuit
from qml.circuits.resources import resources


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
