"""Transactions of a ledger, and its failures told without secrets."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from qml.errors import LedgerError
from qml.ledger import postgresql, sqlite
from qml.ledger.place import Place
from qml.ledger.tables import PROJECTS


class Database:
    """An open database.

    Args:
        place: Where it lies.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self._engine = postgresql.engine(place) if place.file is None else sqlite.engine(place)
        self._writing = self._engine.execution_options(**{sqlite.BEGIN: "BEGIN IMMEDIATE"})

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a transaction that only reads.

        Raises:
            LedgerError: The database does not answer.
        """
        with self._telling("read"), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self, project: int | None = None) -> Iterator[Connection]:
        """Yield a transaction that writes; it is durable when the block ends without an error.

        Args:
            project: Project whose money is touched: one transaction at a time touches it.

        Raises:
            LedgerError: The database cannot be written; nothing of the transaction was.
        """
        with self._telling("written"), self._writing.begin() as connection:
            if project is not None and self.place.file is None:
                row = select(PROJECTS.c.id).where(PROJECTS.c.id == project).with_for_update()
                connection.execute(row)
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _telling(self, done: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise LedgerError(
                f"the ledger {self.place.name} cannot be {done}: {self._reason(error)}",
                hint="nothing more is sent; mend the database (space, rights, connection), then go"
                " on: what was sent before is found again",
            ) from None  # its text repeats statements, and a connection's may repeat the URL

    def _reason(self, error: SQLAlchemyError) -> str:
        """Return the driver's first line, without the password."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        text = (str(cause).strip().splitlines() or [type(error).__name__])[0]
        for secret in self.place.secrets:
            text = text.replace(secret, "***")
        return text
