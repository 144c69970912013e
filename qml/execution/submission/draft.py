"""An intent as it is journalled: what is to be bought, at which price, and how far it came."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """How far an intent came.

    `intended`, `sending`, `submitted` and `unknown` hold their reserve; `settled` holds the bill
    instead; `refused`, `failed` and `cancelled` hold what was billed all the same, mostly nothing.
    """

    INTENDED = "intended"
    SENDING = "sending"
    SUBMITTED = "submitted"
    UNKNOWN = "unknown"
    SETTLED = "settled"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more will happen."""
        return not _NEXT[self]


_NEXT: dict[State, frozenset[State]] = {
    State.INTENDED: frozenset({State.SENDING, State.CANCELLED}),
    State.SENDING: frozenset({State.SUBMITTED, State.REFUSED, State.INTENDED, State.UNKNOWN}),
    State.UNKNOWN: frozenset({State.SUBMITTED, State.INTENDED, State.CANCELLED}),
    State.SUBMITTED: frozenset({State.SETTLED, State.FAILED, State.CANCELLED}),
    State.SETTLED: frozenset(),
    State.REFUSED: frozenset(),
    State.FAILED: frozenset(),
    State.CANCELLED: frozenset(),
}


def allowed(old: State, new: State) -> bool:
    """Whether an intent may go from one state to another; a journal refuses every other move.

    Repeating a state is allowed: the process may have died after writing it.
    """
    return old == new or new in _NEXT[old]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a job will cost.

    Attributes:
        low: Least.
        expected: Probably.
        high: Most; this much is reserved.
        currency: ISO 4217 code.
        tariff_date: Date of the tariff (ISO 8601), or empty where nothing is billed.
        tariff_source: Where the tariff comes from.
    """

    low: Decimal = Decimal(0)
    expected: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    currency: str = "USD"
    tariff_date: str = ""
    tariff_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A job that is meant to be bought.

    Attributes:
        key: Unique name of the intent; also what the vendor is told, to find the job again.
        run_id: Run that wants it.
        name: Its place in the run, e.g. `step/12/0/0`.
        provider: Who sells it.
        device: On which machine.
        digest: Digest of the work and of all that decides its results (`digests.content`).
        generation: How often the same was bought before in this run, because it failed.
        circuits: Circuits in the job.
        shots: Shots over all circuits.
        one_qubit: One-qubit gates over all circuits, compiled.
        two_qubit: Two-qubit gates likewise.
        estimate: Its price; `high` is reserved.
    """

    key: str
    run_id: str
    name: str
    provider: str
    device: str
    digest: str
    generation: int = 0
    circuits: int
    shots: int
    one_qubit: int
    two_qubit: int
    estimate: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An intent in the journal.

    Attributes:
        draft: What is bought.
        state: How far it came.
        job_id: The vendor's name of the job, or None.
        billed: What was billed; None until it is settled.
        created: Moment it was intended, seconds since the epoch.
        updated: Moment of its latest state.
        sent: Moment it was sent last, or None.
        detail: Why it failed, or what else is to be known.
    """

    draft: Draft
    state: State
    job_id: str | None = None
    billed: Decimal | None = None
    created: float = 0.0
    updated: float = 0.0
    sent: float | None = None
    detail: str | None = None

    @property
    def key(self) -> str:
        """Unique name of the intent."""
        return self.draft.key

    @property
    def reserved(self) -> Decimal:
        """Money held for it; nothing once it is final."""
        return Decimal(0) if self.state.final else self.draft.estimate.high
