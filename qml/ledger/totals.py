"""Running totals beside the account, so that a cap is checked in the same time for any history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from qml.ledger.tables import TOTALS
from qml.ledger.upsert import upsert

_HELD = select(TOTALS).where(
    TOTALS.c.project == bindparam("mine"),
    TOTALS.c.scope.in_(bindparam("scopes", expanding=True)),
)


class Count(NamedTuple):
    """A scope in a currency."""

    scope: str
    currency: str


class Total(NamedTuple):
    """What a scope holds in a currency, in millionths."""

    settled: int = 0
    reserved: int = 0


def totals(connection: Connection, project: int, scopes: Iterable[str]) -> dict[Count, Total]:
    """Read the totals of scopes, in every currency that they have; those at zero may be absent."""
    rows = connection.execute(_HELD, {"mine": project, "scopes": sorted(set(scopes))})
    return {Count(row.scope, row.currency): Total(row.settled, row.reserved) for row in rows}


def add(connection: Connection, project: int, changes: Mapping[Count, Total]) -> None:
    """Add signed changes to the totals; all-zero ones are left out."""
    rows = [
        {
            "project": project,
            "scope": count.scope,
            "currency": count.currency,
            "settled": change.settled,
            "reserved": change.reserved,
        }
        for count, change in sorted(changes.items())
        if change.settled or change.reserved
    ]
    if rows:
        upsert(connection, TOTALS, rows, add=True)


def summed(parts: Iterable[tuple[Count, Total]]) -> dict[Count, Total]:
    """Add changes up by scope and currency."""
    settled: dict[Count, int] = defaultdict(int)
    reserved: dict[Count, int] = defaultdict(int)
    for count, change in parts:
        settled[count] += change.settled
        reserved[count] += change.reserved
    return {count: Total(settled[count], reserved[count]) for count in settled}
