"""Writing intents: checked against every cap, all of them or none."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from qml.errors import LedgerError
from qml.execution.submission.draft import Draft, Entry, State
from qml.ledger import guard
from qml.ledger.account import booking
from qml.ledger.amounts import owed
from qml.ledger.caps import Caps
from qml.ledger.rows import entry_of, row_of
from qml.ledger.scopes import day_of, scopes_of
from qml.ledger.tables import ENTRIES, INTENTS, TRANSITIONS
from qml.ledger.totals import Count, Total, add, summed
from qml.ledger.values import Kind

MOST_NAMES = 5000
"""Keys asked for in one statement; both databases bind more than that."""

_THERE = select(INTENTS).where(INTENTS.c.key.in_(bindparam("keys", expanding=True)))
_INTENT, _ENTRY, _STATE = insert(INTENTS), insert(ENTRIES), insert(TRANSITIONS)
_OPENING: tuple[tuple[Kind, str], ...] = (("estimate", "expected"), ("reserve", "high"))


def intend(
    connection: Connection, project: int, caps: Caps, drafts: Sequence[Draft], moment: float
) -> list[Entry]:
    """Reserve and write intents; one that is there already stays as it is.

    One that is there and was not sent counts once more: a cap may have been lowered since.

    Args:
        connection: A transaction that writes.
        project: Whose they are.
        caps: Caps of the settings.
        drafts: What is meant to be bought.
        moment: Now; it decides on the day and the month that they count for.

    Raises:
        BudgetError: They would exceed a cap.
        LedgerError: A key is there with another digest, or in another project.
    """
    wanted = _wanted(drafts)
    there = _there(connection, project, list(wanted))
    for key, entry in there.items():
        _refuse_change(entry.draft, wanted[key])
    new = [row_of(draft, project, moment) for key, draft in wanted.items() if key not in there]
    waiting = summed(part for entry in there.values() for part in _waits(entry))
    needed = summed(part for row in new for part in _needs(row))
    guard.check(connection, project, caps, needed, waiting)
    if new:
        _write(connection, new, moment)
        add(connection, project, needed)
    entries = there | {row["key"]: entry_of(row) for row in new}
    return [entries[draft.key] for draft in drafts]


def _wanted(drafts: Sequence[Draft]) -> dict[str, Draft]:
    """Index drafts by key; the same may be asked for twice, and is written once."""
    wanted: dict[str, Draft] = {}
    for draft in drafts:
        _refuse_change(wanted.setdefault(draft.key, draft), draft)
    return wanted


def _there(connection: Connection, project: int, keys: Sequence[str]) -> dict[str, Entry]:
    """Return the intents that are there already, by key."""
    found: dict[str, Entry] = {}
    for start in range(0, len(keys), MOST_NAMES):
        asked = {"keys": keys[start : start + MOST_NAMES]}
        for row in connection.execute(_THERE, asked):
            if row.project != project:
                raise LedgerError(f"the key {row.key} belongs to another project")
            found[row.key] = entry_of(row._asdict())
    return found


def _refuse_change(old: Draft, new: Draft) -> None:
    """Refuse a key that stood for other work.

    Raises:
        LedgerError: The digests differ.
    """
    if old.digest != new.digest:
        raise LedgerError(
            f"the key {new.key} (`{new.name}` of run {new.run_id}) is in the ledger for other work:"
            f" digest {old.digest[:12]} there, {new.digest[:12]} now",
            hint="a key names one piece of work for ever; other work needs another key",
        )


def _needs(row: Mapping[str, Any]) -> Iterator[tuple[Count, Total]]:
    """Tell what an intent reserves, in each scope."""
    for scope in scopes_of(row["run_id"], row["day"]):
        yield Count(scope, row["currency"]), Total(reserved=row["high"])


def _waits(entry: Entry) -> Iterator[tuple[Count, Total]]:
    """Tell what an intent that was not sent has reserved, in each scope."""
    if entry.state is State.INTENDED:
        price = entry.draft.estimate
        for scope in scopes_of(entry.draft.run_id, day_of(entry.created)):
            high = owed(price.high, price.currency)
            yield Count(scope, price.currency), Total(reserved=high)


def _write(connection: Connection, rows: Sequence[Mapping[str, Any]], moment: float) -> None:
    connection.execute(_INTENT, list(rows))
    account = [booking(row, kind, row[column], moment) for row in rows for kind, column in _OPENING]
    connection.execute(_ENTRY, account)
    states = [{"key": row["key"], "new": State.INTENDED.value, "at": moment} for row in rows]
    connection.execute(_STATE, states)
