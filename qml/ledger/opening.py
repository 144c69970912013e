"""Opening a ledger: the project's own file, or a database that projects share."""

from pathlib import Path

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from qml.ledger.caps import Caps
from qml.ledger.database import Database
from qml.ledger.ledger import Ledger
from qml.ledger.place import place_of
from qml.ledger.schema import migrate
from qml.ledger.tables import PROJECTS
from qml.ports import Clock


def open_ledger(url: str | None, root: Path, *, project: str, caps: Caps, clock: Clock) -> Ledger:
    """Open the ledger of a project; it is made where there is none.

    Args:
        url: `ledger.url`: `postgresql://...`, `sqlite:///...`, or None for `.qml/ledger.db`.
        root: Folder of the project.
        project: Its name. In a shared database it tells projects apart; the project's own file
            belongs to it under any name, so that renaming a project forgets no money.
        caps: Caps of the project's settings.
        clock: What time it is.

    Returns:
        The ledger, which is a context manager.

    Raises:
        LedgerError: It cannot be made or read, or a newer qml wrote it.
        MissingExtraError: The driver of PostgreSQL is not installed.
    """
    database = Database(place_of(url, root))
    try:
        migrate(database, clock.now())
        number = _number(database, project)
    except BaseException:
        database.close()
        raise
    return Ledger(database, number, project, settings=caps, clock=clock)


def _number(database: Database, name: str) -> int:
    """Return the project's number in the database; it is entered where it is new."""
    own = database.place.own
    with database.read() as connection:
        known = _known(connection, name, own=own)
        if known is not None and known[1] == name:
            return known[0]
    with database.write() as connection:
        return _enter(connection, name, _known(connection, name, own=own))


def _enter(connection: Connection, name: str, known: tuple[int, str] | None) -> int:
    """Write the project's name; another process may do the same now."""
    if known is not None:
        connection.execute(update(PROJECTS).where(PROJECTS.c.id == known[0]).values(name=name))
        return known[0]
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(kind.insert(PROJECTS).values(name=name).on_conflict_do_nothing())
    query = select(PROJECTS.c.id).where(PROJECTS.c.name == name)
    return int(connection.execute(query).scalar_one())


def _known(connection: Connection, name: str, *, own: bool) -> tuple[int, str] | None:
    """Return number and name of the project, or of the only one in a project's own file."""
    query = select(PROJECTS.c.id, PROJECTS.c.name).order_by(PROJECTS.c.id)
    if not own:
        query = query.where(PROJECTS.c.name == name)
    row = connection.execute(query).first()
    return None if row is None else (row.id, row.name)
