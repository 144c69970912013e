"""Moving an intent on: only where the arrows of `draft.allowed` lead, money along with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from qml.errors import LedgerError
from qml.execution.submission.draft import Entry, State, allowed
from qml.ledger.account import booking
from qml.ledger.amounts import owed, show
from qml.ledger.rows import entry_of
from qml.ledger.scopes import scopes_of
from qml.ledger.tables import ENTRIES, INTENTS, TRANSITIONS
from qml.ledger.totals import Count, Total, add

ADOPTABLE = frozenset({State.INTENDED, State.SENDING, State.UNKNOWN})

_ONE = select(INTENTS).where(
    INTENTS.c.key == bindparam("named"), INTENTS.c.project == bindparam("mine")
)
_REWRITTEN = update(INTENTS).where(INTENTS.c.key == bindparam("named"))
_ENTRY, _STATE = insert(ENTRIES), insert(TRANSITIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A change of state.

    Attributes:
        state: The state after it.
        job_id: The vendor's name of the job, where it is told now.
        billed: What was billed, where it is told now.
        detail: Why.
    """

    state: State
    job_id: str | None = None
    billed: Decimal | None = None
    detail: str | None = None


def move(connection: Connection, project: int, key: str, step: Move, moment: float) -> Entry:
    """Write the next state; a repeated one is written to the history and changes no money.

    Args:
        connection: A transaction that writes.
        project: Whose it is.
        key: Which intent.
        step: Where it goes.
        moment: Now.

    Raises:
        LedgerError: The move is not allowed, or contradicts what is written.
    """
    row = row_at(connection, project, key)
    old = State(row["state"])
    if not allowed(old, step.state):
        raise LedgerError(
            f"intent {key} is `{old}` and cannot become `{step.state}`",
            hint=f"`qml jobs show {key}` tells its history",
        )
    return _change(connection, row, step, moment)


def adopt(connection: Connection, project: int, key: str, job_id: str, moment: float) -> Entry:
    """Tie a vendor's job to an intent whose answer was lost.

    Raises:
        LedgerError: The intent has another job or is closed, or the job belongs to another intent.
    """
    row = row_at(connection, project, key)
    old = State(row["state"])
    if old not in ADOPTABLE and not (old is State.SUBMITTED and row["job_id"] == job_id):
        raise LedgerError(
            f"intent {key} is `{old}`: only one that is intended, sending or unknown adopts a job"
        )
    same = (INTENTS.c.job_id == job_id, INTENTS.c.provider == row["provider"])
    query = select(INTENTS.c.key).where(*same, INTENTS.c.project == project, INTENTS.c.key != key)
    other = connection.execute(query).scalar()
    if other is not None:
        raise LedgerError(f"job {job_id} of {row['provider']} belongs to intent {other} already")
    step = Move(state=State.SUBMITTED, job_id=job_id, detail="adopted by hand")
    return _change(connection, row, step, moment)


def adjust(
    connection: Connection, project: int, key: str, billed: Decimal, note: str, moment: float
) -> Entry:
    """Book a vendor's later correction of a bill.

    Raises:
        LedgerError: The intent is not final yet.
    """
    row = row_at(connection, project, key)
    state = State(row["state"])
    if not state.final:
        raise LedgerError(f"intent {key} is `{state}`: it has no bill yet that could be corrected")
    amount = owed(billed, row["currency"])
    change = amount - (row["billed"] or 0)
    connection.execute(_ENTRY, [booking(row, "adjust", change, moment, note)])
    _count(connection, row, Total(settled=change))
    return _rewrite(connection, row, {"billed": amount, "updated": moment})


def row_at(connection: Connection, project: int, key: str) -> Mapping[str, Any]:
    """Return the row of an intent.

    Raises:
        LedgerError: There is none.
    """
    row = connection.execute(_ONE, {"named": key, "mine": project}).one_or_none()
    if row is None:
        raise LedgerError(f"no intent {key} in the ledger")
    return row._asdict()


def _change(connection: Connection, row: Mapping[str, Any], step: Move, moment: float) -> Entry:
    new: dict[str, Any] = {
        "state": step.state.value,
        "job_id": _job(row, step),
        "updated": moment,
        "detail": step.detail,
    }
    if step.state is State.SENDING:
        new["sent"] = moment
    if step.state.final:
        new["billed"] = _close(connection, row, step, moment)
    history = {
        "key": row["key"],
        "old": row["state"],
        "new": step.state.value,
        "at": moment,
        "job_id": step.job_id,
        "detail": step.detail,
    }
    connection.execute(_STATE, [history])
    return _rewrite(connection, row, new)


def _job(row: Mapping[str, Any], step: Move) -> str | None:
    """Return the job's name after a move.

    Raises:
        LedgerError: It would change, or a submitted job would have none.
    """
    known: str | None = row["job_id"]
    if known is not None and step.job_id not in {None, known}:
        raise LedgerError(f"intent {row['key']} has job {known}; it cannot have {step.job_id} too")
    found = known or step.job_id
    if step.state is State.SUBMITTED and not found:
        raise LedgerError(f"intent {row['key']} cannot be submitted without a vendor's job")
    return found


def _close(connection: Connection, row: Mapping[str, Any], step: Move, moment: float) -> int | None:
    """Put the bill in the place of the reserve; return what is billed now.

    Raises:
        LedgerError: A settled job has no bill, or another one than before.
    """
    bill = None if step.billed is None else owed(step.billed, row["currency"])
    if State(row["state"]).final:
        _refuse_other_bill(row, bill)
        return row["billed"]  # type: ignore[no-any-return] # a row's values are untyped
    if step.state is State.SETTLED and bill is None:
        raise LedgerError(f"intent {row['key']} cannot be settled without a bill, be it of zero")
    account = [booking(row, "void", row["high"], moment)]
    if bill is not None:
        account.append(booking(row, "settle", bill, moment))
    connection.execute(_ENTRY, account)
    _count(connection, row, Total(settled=bill or 0, reserved=-row["high"]))
    return bill


def _refuse_other_bill(row: Mapping[str, Any], bill: int | None) -> None:
    if bill not in {None, row["billed"]}:
        old = "nothing" if row["billed"] is None else show(row["billed"], row["currency"])
        raise LedgerError(
            f"intent {row['key']} is `{row['state']}` with a bill of {old}, not"
            f" {show(bill, row['currency'])}",
            hint="a vendor's correction is booked as an adjustment",
        )


def _count(connection: Connection, row: Mapping[str, Any], change: Total) -> None:
    """Add a change to every total that the intent counts for."""
    scopes = scopes_of(row["run_id"], row["day"])
    add(connection, row["project"], {Count(s, row["currency"]): change for s in scopes})


def _rewrite(connection: Connection, row: Mapping[str, Any], new: Mapping[str, Any]) -> Entry:
    connection.execute(_REWRITTEN, {**new, "named": row["key"]})
    return entry_of({**row, **new})
