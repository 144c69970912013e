"""The version of the tables, and the way from an older one to this."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, func, insert, inspect, select, text

from qml.errors import LedgerError
from qml.ledger.append_only import protect
from qml.ledger.database import Database
from qml.ledger.tables import ENTRIES, METADATA, TRANSITIONS, VERSIONS

Step = Callable[[Connection], None]

STEPS: Sequence[Step] = ()
"""STEPS[i] leads from version i + 1 to version i + 2; a step that was released never changes."""

_LOCK = 5_147_001  # any number that no other program takes for its advisory lock

for _table in (ENTRIES, TRANSITIONS):
    protect(_table)


def migrate(database: Database, moment: float, steps: Sequence[Step] = STEPS) -> None:
    """Bring the tables to the newest version, all steps or none.

    Args:
        database: An open database.
        moment: Now, seconds since the epoch.
        steps: The way from version 1 to the newest.

    Raises:
        LedgerError: A newer qml wrote them, or they cannot be written.
    """
    newest = len(steps) + 1
    with database.read() as connection:
        if _version(connection, newest, database.place.name) == newest:
            return
    with database.write() as connection:
        if database.place.file is None:  # two processes may make the tables at once
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = _version(connection, newest, database.place.name)
        if found == 0:
            METADATA.create_all(connection)
        for step in steps[max(0, found - 1) :] if found else ():
            step(connection)
        if found != newest:
            connection.execute(insert(VERSIONS).values(version=newest, at=moment))


def _version(connection: Connection, newest: int, place: str) -> int:
    """Return the version of the tables; 0 where there are none.

    Raises:
        LedgerError: It is newer than this qml knows.
    """
    if not inspect(connection).has_table(VERSIONS.name):
        return 0
    found = connection.execute(select(func.max(VERSIONS.c.version))).scalar() or 0
    if found > newest:
        raise LedgerError(
            f"the ledger {place} was written by a newer qml (version {found} of its tables,"
            f" this qml knows {newest})",
            hint="update qml; an older one must not write to it",
        )
    return int(found)
