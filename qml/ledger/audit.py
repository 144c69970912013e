"""Checks that the ledger agrees with itself: state, account and running totals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from qml.execution.submission.draft import State
from qml.ledger.scopes import scopes_of
from qml.ledger.tables import ENTRIES, INTENTS, TOTALS, TRANSITIONS
from qml.ledger.totals import Count, Total, summed

Sums = Mapping[tuple[str, str], int]


def audit(connection: Connection, project: int) -> list[str]:
    """Compare every intent with its account and its history, and the totals with the intents.

    Returns:
        A sentence for each disagreement; nothing where all is well.
    """
    rows = connection.execute(select(INTENTS).where(INTENTS.c.project == project)).all()
    sums, states = _sums(connection, project), _states(connection, project)
    found = [text for row in rows for text in _intent(row, sums, states.get(row.key))]
    return found + _totals(connection, project, rows)


def _intent(row: Row[Any], sums: Sums, state: str | None) -> list[str]:
    found = []
    if state != row.state:
        found.append(f"intent {row.key} is {row.state}, but its history ends with {state}")
    reserved = sums[row.key, "reserve"] - sums[row.key, "void"]
    if reserved != _held(row).reserved:
        found.append(f"intent {row.key} holds {_held(row).reserved}, its account {reserved}")
    settled = sums[row.key, "settle"] + sums[row.key, "adjust"]
    if settled != _held(row).settled:
        found.append(f"intent {row.key} was billed {_held(row).settled}, its account {settled}")
    return found


def _held(row: Row[Any]) -> Total:
    """Return what the state of an intent says that it holds."""
    return Total(row.billed or 0, 0 if State(row.state).final else row.high)


def _sums(connection: Connection, project: int) -> Sums:
    """Add up the account by intent and kind."""
    query = (
        select(ENTRIES.c.key, ENTRIES.c.kind, func.sum(ENTRIES.c.amount))
        .join(INTENTS, INTENTS.c.key == ENTRIES.c.key)
        .where(INTENTS.c.project == project)
        .group_by(ENTRIES.c.key, ENTRIES.c.kind)
    )
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for key, kind, amount in connection.execute(query):
        sums[key, kind] = int(amount)
    return sums


def _states(connection: Connection, project: int) -> dict[str, str]:
    """Return the last state in the history of every intent."""
    query = (
        select(TRANSITIONS.c.key, TRANSITIONS.c.new)
        .join(INTENTS, INTENTS.c.key == TRANSITIONS.c.key)
        .where(INTENTS.c.project == project)
        .order_by(TRANSITIONS.c.seq)
    )
    return {key: new for key, new in connection.execute(query)}  # noqa: C416 - rows are no pairs


def _totals(connection: Connection, project: int, rows: Sequence[Row[Any]]) -> list[str]:
    right = summed(
        (Count(scope, row.currency), _held(row))
        for row in rows
        for scope in scopes_of(row.run_id, row.day)
    )
    query = select(TOTALS).where(TOTALS.c.project == project)
    there = {
        Count(row.scope, row.currency): Total(row.settled, row.reserved)
        for row in connection.execute(query)
    }
    return [
        f"{count.scope} holds {there.get(count, Total())}, its intents {right.get(count, Total())}"
        for count in sorted(right.keys() | there.keys())
        if there.get(count, Total()) != right.get(count, Total())
    ]
