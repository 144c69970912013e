"""How a budget stands: what is settled, reserved and left in each scope."""

from collections.abc import Sequence

from sqlalchemy import Connection

from qml.ledger.amounts import decimal
from qml.ledger.caps import Cap, lowest
from qml.ledger.totals import Count, Total, totals
from qml.ledger.values import Balance, Remaining


def balances(
    connection: Connection, project: int, caps: Sequence[Cap], scopes: Sequence[str], currency: str
) -> list[Balance]:
    """Return how scopes stand in one currency.

    Args:
        connection: An open transaction.
        project: Whose.
        caps: All caps.
        scopes: Exact ones, e.g. `day:2026-11-21`.
        currency: Which amounts are counted.
    """
    held = totals(connection, project, scopes)
    found = []
    for scope in scopes:
        total = held.get(Count(scope, currency), Total())
        cap = lowest(caps, scope, currency)
        found.append(
            Balance(
                scope=scope,
                currency=currency,
                settled=decimal(total.settled),
                reserved=decimal(total.reserved),
                cap=None if cap is None else cap.amount,
            )
        )
    return found


def least(found: Sequence[Balance]) -> Remaining | None:
    """Return the lowest that is left in any scope; None where nothing is limited."""
    left = [Remaining(b.remaining, b.scope, b.currency) for b in found if b.remaining is not None]
    return min(left, key=lambda remaining: remaining.amount, default=None)
