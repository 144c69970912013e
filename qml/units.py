"""Money and durations. Money is Decimal with a currency; floats never touch it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in a currency.

    Attributes:
        amount: Exact decimal amount.
        currency: ISO 4217 code.
    """

    amount: Decimal
    currency: str = "USD"

    def __str__(self) -> str:
        return f"{self.amount:.2f} {self.currency}"


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
