"""A tariff and what it answers: dated, sourced, and an envelope instead of one number."""

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal

from qml.pricing.job import JobSize
from qml.units import Money

MAX_AGE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff(ABC):
    """The price of one device of one provider. Each kind of tariff has a file of its own.

    Attributes:
        provider: Who bills: `ionq`, `azure`, `braket`, ...
        device: The provider's device.
        plan: Contract that the price belongs to, or empty where there is one price for all.
        currency: ISO 4217 code, or a vendor's credit such as `HQC`.
        date: Day on which the price was seen, or None for a price of the user's without one.
        source: Where it was seen.
        notes: What a reader of a quote should know.
    """

    provider: str
    device: str
    plan: str = ""
    currency: str = "USD"
    date: dt.date | None = None
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the backend, `provider.device`."""
        return f"{self.provider}.{self.device}"

    @abstractmethod
    def quote(self, job: JobSize) -> "Quote":
        """Price one submission.

        Raises:
            PlanError: The price depends on something that is not known.
        """

    def stale(self, today: dt.date, days: int = MAX_AGE) -> str | None:
        """Return a warning where the price is older than so many days, else None."""
        if self.date is None or (today - self.date).days <= days:
            return None
        return (
            f"the price of `{self.name}` is from {self.date} ({self.source}), "
            f"{(today - self.date).days} days old: check it, and write what you found "
            f"with its date under [pricing.{self.name}]"
        )

    def money(self, amount: Decimal) -> Money:
        """Return an amount in the currency of the tariff."""
        return Money(amount=amount, currency=self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a submission may cost: low <= expected <= high.

    Attributes:
        low: Least, where the vendor's rules leave room.
        expected: What to count on.
        high: Most; the sum to reserve.
        currency: Currency of the three.
        minimum_applies: A minimum charge of the vendor raises the price.
        notes: How the price comes about, for people.
        tariff: The tariff that was applied.
    """

    low: Decimal
    expected: Decimal
    high: Decimal
    currency: str
    minimum_applies: bool
    notes: tuple[str, ...]
    tariff: Tariff

    def __post_init__(self) -> None:
        if not self.low <= self.expected <= self.high:
            raise ValueError(f"not an envelope: {self.low}, {self.expected}, {self.high}")

    def times(self, jobs: int) -> "Quote":
        """Price that many equal submissions; the notes stay those of one."""
        return Quote(
            low=self.low * jobs,
            expected=self.expected * jobs,
            high=self.high * jobs,
            currency=self.currency,
            minimum_applies=self.minimum_applies,
            notes=self.notes,
            tariff=self.tariff,
        )

    def __add__(self, other: "Quote") -> "Quote":
        if other.tariff != self.tariff:
            raise ValueError(f"quotes of {self.tariff.name} and {other.tariff.name} do not add")
        return Quote(
            low=self.low + other.low,
            expected=self.expected + other.expected,
            high=self.high + other.high,
            currency=self.currency,
            minimum_applies=self.minimum_applies or other.minimum_applies,
            notes=tuple(dict.fromkeys(self.notes + other.notes)),
            tariff=self.tariff,
        )
