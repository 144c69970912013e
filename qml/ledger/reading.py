"""Reading intents: by place, by state, by what a person remembers of a name."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, or_, select

from qml.errors import LedgerError
from qml.execution.submission.draft import Entry, State
from qml.ledger.rows import entry_of
from qml.ledger.tables import INTENTS

_SHOWN = 5


def intents(connection: Connection, project: int, *conditions: ColumnElement[bool]) -> list[Entry]:
    """Return the intents that meet all conditions, in the order in which they were written."""
    query = select(INTENTS).where(INTENTS.c.project == project, *conditions)
    rows = connection.execute(query.order_by(INTENTS.c.seq))
    return [entry_of(row._asdict()) for row in rows]


def chosen(
    run_id: str | None, states: Collection[State] | None, since: float | None
) -> list[ColumnElement[bool]]:
    """Turn a choice into conditions; None chooses all."""
    conditions: list[ColumnElement[bool]] = []
    if run_id is not None:
        conditions.append(INTENTS.c.run_id == run_id)
    if states is not None:
        conditions.append(INTENTS.c.state.in_([state.value for state in states]))
    if since is not None:
        conditions.append(INTENTS.c.created >= since)
    return conditions


def find(connection: Connection, project: int, name: str) -> Entry:
    """Return the intent of a key, of the only key that begins so, or of a vendor's job.

    Raises:
        LedgerError: None is meant, or several are.
    """
    prefix = INTENTS.c.key.startswith(name, autoescape=True)
    found = intents(connection, project, or_(prefix, INTENTS.c.job_id == name)) if name else []
    exact = [entry for entry in found if entry.key == name]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise LedgerError(
            f"no intent and no job `{name}` in the ledger", hint="`qml jobs list` shows them all"
        )
    shown = "\n".join(f"{e.key}  {e.draft.run_id}  {e.draft.name}" for e in found[:_SHOWN])
    raise LedgerError(
        f"`{name}` fits {len(found)} intents", details=shown, hint="write more of the key"
    )
