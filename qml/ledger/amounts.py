"""Amounts between Decimal and the integer millionths of the tables."""

from decimal import Decimal

from qml.errors import LedgerError
from qml.units import CENT, Money, to_cent

LARGEST = 2**53
"""Most millionths in one amount (9 billion units); sums of them stay far within 64 bits."""


def micros(amount: Decimal, currency: str) -> int:
    """Turn an amount into millionths, rounded up, so that a reserve never falls short.

    Raises:
        LedgerError: It is not finite or too large.
    """
    if not amount.is_finite():
        raise LedgerError(f"{amount} {currency} is no amount of money")
    found = Money(amount=amount, currency=currency).micros
    if abs(found) > LARGEST:
        raise LedgerError(f"{amount} {currency} is more than the ledger can hold")
    return found


def owed(amount: Decimal, currency: str) -> int:
    """Turn an amount that is to be paid into millionths.

    Raises:
        LedgerError: It is negative, not finite or too large.
    """
    found = micros(amount, currency)
    if found < 0:
        raise LedgerError(f"{amount} {currency}: an amount to be paid is never negative")
    return found


def decimal(value: int) -> Decimal:
    """Read millionths back; to the cent where they are whole cents, for people to read."""
    amount = Money.from_micros(int(value)).amount
    cents = to_cent(amount)
    return cents if cents == amount else amount


def show(value: int, currency: str) -> str:
    """Write millionths for people: cents, and more digits only where there are any."""
    amount = decimal(value)
    text = (
        f"{amount:f}"
        if amount.as_tuple().exponent == CENT.as_tuple().exponent
        else (f"{amount:f}".rstrip("0"))
    )
    return f"{text} {currency}"
