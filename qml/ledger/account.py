"""The append-only account: what is written to it, and how it is read."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from qml.execution.submission.draft import State
from qml.ledger.amounts import decimal
from qml.ledger.tables import ENTRIES, INTENTS, TRANSITIONS
from qml.ledger.values import Booking, Kind, Transition


def booking(
    intent: Mapping[str, Any], kind: Kind, amount: int, moment: float, note: str | None = None
) -> dict[str, Any]:
    """Lay out one entry of an intent's account.

    Args:
        intent: Row of the intent.
        kind: What it is.
        amount: Millionths; signed only for `adjust`.
        moment: Now.
        note: Why, for corrections.
    """
    return {
        "key": intent["key"],
        "kind": kind,
        "amount": amount,
        "currency": intent["currency"],
        "at": moment,
        "tariff_date": intent["tariff_date"],
        "tariff_source": intent["tariff_source"],
        "note": note,
    }


def bookings(connection: Connection, project: int, key: str) -> list[Booking]:
    """Read the account of an intent, oldest entry first."""
    query = _of(ENTRIES, project, key)
    return [
        Booking(
            kind=row.kind,
            amount=decimal(row.amount),
            currency=row.currency,
            moment=row.at,
            tariff_date=row.tariff_date,
            tariff_source=row.tariff_source,
            note=row.note,
        )
        for row in connection.execute(query)
    ]


def transitions(connection: Connection, project: int, key: str) -> list[Transition]:
    """Read the states of an intent, oldest first."""
    query = _of(TRANSITIONS, project, key)
    return [
        Transition(
            old=State(row.old) if row.old is not None else None,
            new=State(row.new),
            moment=row.at,
            job_id=row.job_id,
            detail=row.detail,
        )
        for row in connection.execute(query)
    ]


def _of(table: Table, project: int, key: str) -> Select[Any]:
    """Ask for the rows of an intent, unless it is another project's."""
    mine = select(INTENTS.c.key).where(INTENTS.c.key == key, INTENTS.c.project == project)
    return select(table).where(table.c.key.in_(mine)).order_by(table.c.seq)
