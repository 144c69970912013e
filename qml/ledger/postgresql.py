"""PostgreSQL as a journal: durable commits, bounded waits, connections tried before use."""

from typing import Any

from sqlalchemy import Engine, create_engine, event

from qml.errors import MissingExtraError
from qml.ledger.place import Place

CONNECT_SECONDS = 10
PATIENCE_MS = 30_000


def engine(place: Place) -> Engine:
    """Make the engine of a PostgreSQL database; it connects at first use.

    Raises:
        MissingExtraError: psycopg is not installed.
    """
    try:
        import psycopg  # noqa: F401 - SQLAlchemy imports it by name
    except ImportError as error:
        raise MissingExtraError("psycopg", extra="postgres") from error
    made = create_engine(
        place.url,
        pool_pre_ping=True,
        pool_size=1,
        max_overflow=15,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "qml"},
    )
    event.listen(made, "connect", _prepare)
    return made


def _prepare(connection: Any, record: Any) -> None:
    """Refuse what a server may be set to: commits that return before they are on the disk."""
    del record
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {PATIENCE_MS}")
        cursor.execute("SHOW synchronous_commit")
        if cursor.fetchone()[0] == "off":
            cursor.execute("SET synchronous_commit = on")
    connection.commit()
