"""What the ledger answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from qml.execution.submission.draft import State

By = Literal["run", "day", "backend", "project"]
Kind = Literal["estimate", "reserve", "settle", "void", "adjust"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How one scope stands.

    Attributes:
        scope: `run:<run id>`, `day:2026-11-21`, `month:2026-11` or `project`.
        currency: Of all amounts.
        settled: What was billed.
        reserved: What may still be billed for jobs that are not settled.
        cap: The lowest cap that applies, or None.
    """

    scope: str
    currency: str
    settled: Decimal
    reserved: Decimal
    cap: Decimal | None

    @property
    def remaining(self) -> Decimal | None:
        """What may still be reserved: negative where bills exceeded reserves; None uncapped."""
        return None if self.cap is None else self.cap - self.settled - self.reserved


class Remaining(NamedTuple):
    """What a run may still reserve.

    Attributes:
        amount: The least that any cap leaves.
        scope: Whose cap that is.
        currency: Of the amount.
    """

    amount: Decimal
    scope: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A row of a table of costs.

    Attributes:
        name: Run id, day, backend or project.
        settled: What was billed.
        reserved: What may still be billed.
        jobs: Jobs that vendors accepted.
        currency: Of the amounts; a name has a row for each.
    """

    name: str
    settled: Decimal
    reserved: Decimal
    jobs: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A run's latest sign of life.

    Attributes:
        run_id: Whose.
        moment: When, seconds since the epoch.
        pid: Process that gave it.
        host: Machine of that process.
        facts: What it said, JSON values.
    """

    run_id: str
    moment: float
    pid: int
    host: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One entry of the append-only account of an intent.

    Attributes:
        kind: `estimate` (expected price), `reserve`, `void` (reserve released), `settle` (bill) or
            `adjust` (signed correction of the bill).
        amount: How much.
        currency: Of the amount.
        moment: When, seconds since the epoch.
        tariff_date: Date of the tariff behind the estimate.
        tariff_source: Its source.
        note: Why, for corrections.
    """

    kind: Kind
    amount: Decimal
    currency: str
    moment: float
    tariff_date: str
    tariff_source: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One change of an intent's state.

    Attributes:
        old: State before; None for the first.
        new: State after.
        moment: When, seconds since the epoch.
        job_id: The vendor's job, where it was told.
        detail: Why.
    """

    old: State | None
    new: State
    moment: float
    job_id: str | None
    detail: str | None
