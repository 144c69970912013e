"""Money and durations. Money is Decimal with a currency; floats never touch it."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from qml.errors import UsageError

CENT = Decimal("0.01")
MICRO = Decimal("0.000001")


def to_cent(amount: Decimal) -> Decimal:
    """Round an amount to the cent, halves away from zero, as vendors' bills do."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def to_micro(amount: Decimal) -> Decimal:
    """Round an amount to a millionth, the finest that the ledger keeps."""
    return amount.quantize(MICRO, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in a currency. Amounts of different currencies do not mix.

    Attributes:
        amount: Exact decimal amount.
        currency: ISO 4217 code, or a vendor's credit such as `HQC`.
    """

    amount: Decimal
    currency: str = "USD"

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"money is Decimal, got {self.amount!r}")
        if not self.amount.is_finite():
            raise ValueError(f"money is a finite amount, got {self.amount}")

    @classmethod
    def from_micros(cls, micros: int, currency: str = "USD") -> "Money":
        """Read an amount back from integer millionths."""
        return cls(amount=micros * MICRO, currency=currency)

    @property
    def micros(self) -> int:
        """Integer millionths for SQL; rounded up, so that what is reserved never falls short."""
        return int((self.amount / MICRO).to_integral_value(ROUND_CEILING))

    def rounded(self) -> "Money":
        """Round to the cent, halves away from zero."""
        return Money(amount=to_cent(self.amount), currency=self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(amount=self.amount + self._same(other), currency=self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(amount=self.amount - self._same(other), currency=self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(amount=self.amount * times, currency=self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __str__(self) -> str:
        return f"{to_cent(self.amount):f} {self.currency}"

    def _same(self, other: "Money") -> Decimal:
        """Return the other amount.

        Raises:
            UsageError: It is in another currency.
        """
        if other.currency != self.currency:
            raise UsageError(
                f"{self} and {other} are different currencies",
                hint="qml converts none; price the backend in the currency of `budget.currency`",
            )
        return other.amount


FREE = Money(amount=Decimal("0.00"))


def duration(seconds: float) -> str:
    """Write a duration for people: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 05 min`.

    Args:
        seconds: Non-negative length of time.
    """
    if seconds < 10:  # noqa: PLR2004 - below ten seconds a decimal is worth reading
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s"
