"""A job and its states: `submitted -> ready -> started -> completed | failed | canceled`.

A state is not stored: it follows from the times at which things happened, so a restart loses
nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

State = Literal["submitted", "ready", "started", "completed", "failed", "canceled"]

ENDED = frozenset({"completed", "failed", "canceled"})
MULTI = "ionq.multi-circuit.v1"
_SHARE_RUNNING = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """How a job ends when nobody cancels it.

    Attributes:
        state: Its last state.
        code: The vendor's code of the failure.
        message: What failed.
    """

    state: Literal["completed", "failed", "canceled"] = "completed"
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One accepted submission.

    Attributes:
        number: Place in the order of acceptance, from 1; 0 before it is stored.
        id: The vendor's name of it.
        request: What was sent, without `input`.
        digest: Digest of all that decides the results.
        gates: One- and two-qubit gates of each circuit.
        qubits: Qubits of its widest circuit.
        children: Ids of the children of a multi-circuit job, in the order of its circuits.
        price: What it costs when it completes (USD).
        mitigated: Debiasing is on.
        submitted_at: When it was accepted (seconds since the epoch).
        wait: How long it stays `ready` (seconds).
        hidden: How long it is missing from listings (seconds).
        fate: How it ends.
        canceled_at: When the user cancelled it, or None.
        deleted: The user deleted it; it is still billed.
    """

    number: int = 0
    id: str
    request: Mapping[str, Any]
    digest: str
    gates: tuple[tuple[int, int], ...]
    qubits: int
    children: tuple[str, ...] = ()
    price: Decimal
    mitigated: bool = False
    submitted_at: float
    wait: float
    hidden: float = 0.0
    fate: Fate = field(default_factory=Fate)
    canceled_at: float | None = None
    deleted: bool = False

    @property
    def started_at(self) -> float:
        """When it begins to run."""
        return self.submitted_at + self.wait

    @property
    def ended_at(self) -> float:
        """When it ends by itself; it runs a tenth of its wait, and a cancelled one never runs."""
        if self.fate.state == "canceled":
            return self.started_at
        return self.started_at + _SHARE_RUNNING * self.wait

    def state(self, now: float) -> State:
        """Return its state at a time (seconds since the epoch)."""
        if self.canceled_at is not None:
            return "canceled"
        if now >= self.ended_at:
            return self.fate.state
        return "started" if now >= self.started_at else "ready"

    @property
    def backend(self) -> str:
        """Where it runs."""
        return str(self.request["backend"])

    @property
    def shots(self) -> int:
        """Shots of each circuit."""
        return int(self.request["shots"])

    @property
    def dry_run(self) -> bool:
        """Whether it is only compiled."""
        return bool(self.request["dry_run"])

    @property
    def multi(self) -> bool:
        """Whether it is a multi-circuit job."""
        return bool(self.request["type"] == MULTI)

    def reserved(self, now: float) -> Decimal:
        """Return what is held back for it (USD)."""
        return Decimal("0.00") if self.state(now) in ENDED or self.dry_run else self.price

    def billed(self, now: float) -> Decimal:
        """Return what was charged for it (USD); nothing unless it completed."""
        if self.state(now) != "completed" or self.dry_run:
            return Decimal("0.00")
        return self.price
