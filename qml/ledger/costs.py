"""Costs added up by run, day, backend or project."""

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from qml.execution.submission.draft import State
from qml.ledger.amounts import decimal
from qml.ledger.tables import INTENTS, PROJECTS
from qml.ledger.values import By, Cost

_OPEN = [state.value for state in State if not state.final]
_NAMES: dict[By, ColumnElement[str]] = {
    "run": INTENTS.c.run_id,
    "day": INTENTS.c.day,
    "backend": INTENTS.c.provider + "." + INTENTS.c.device,
    "project": PROJECTS.c.name,
}


def costs(connection: Connection, project: int, by: By) -> list[Cost]:
    """Add up what intents cost.

    Args:
        connection: An open transaction.
        project: Whose; `project` lists every project in the database.
        by: What rows stand for.

    Returns:
        A row for each name and currency, in the order in which the names came first.
    """
    query = _query(_NAMES[by])
    if by != "project":
        query = query.where(INTENTS.c.project == project)
    return [
        Cost(
            name=row.name,
            settled=decimal(row.settled),
            reserved=decimal(row.reserved),
            jobs=row.jobs,
            currency=row.currency,
        )
        for row in connection.execute(query)
    ]


def _query(name: ColumnElement[str]) -> Select[str, int, int, int, str]:
    label = name.label("name")
    reserved = case((INTENTS.c.state.in_(_OPEN), INTENTS.c.high), else_=0)
    return (
        select(
            label,
            func.coalesce(func.sum(INTENTS.c.billed), 0).label("settled"),
            func.sum(reserved).label("reserved"),
            func.count(INTENTS.c.job_id).label("jobs"),
            INTENTS.c.currency,
        )
        .join(PROJECTS, PROJECTS.c.id == INTENTS.c.project)
        .group_by(label, INTENTS.c.currency)
        .order_by(func.min(INTENTS.c.seq))
    )
