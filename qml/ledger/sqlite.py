"""SQLite as a journal: write-ahead log, one flush to the disk per transaction, writers queue up."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from qml.errors import LedgerError
from qml.ledger.place import Place

PATIENCE = 30.0
"""Seconds that a writer waits for the others."""

PAUSE = 0.02
BEGIN = "qml_begin"


def engine(place: Place) -> Engine:
    """Make the engine of an SQLite file; the file is made where it is missing.

    Raises:
        LedgerError: Its folder cannot be made.
    """
    assert place.file is not None
    _make(place.file)
    made = create_engine(
        place.url,
        # None: the driver begins no transactions of its own, `_begin` does
        connect_args={"timeout": PATIENCE, "isolation_level": None},
    )
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def _make(file: Path) -> None:
    """Make the folder and an empty file, and flush both names to the disk."""
    if file.exists():
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        for folder in (file.parent, file.parent.parent):
            _flush(folder)
    except OSError as error:
        raise LedgerError(
            f"the ledger {file} cannot be made: {error.strerror}",
            hint="nothing is sent without a ledger; make the folder writable",
        ) from error


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _prepare(connection: sqlite3.Connection, record: Any) -> None:
    """Set up a new connection; WAL with FULL flushes the log once in every commit."""
    del record
    _enter_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _enter_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait by itself where others do the same."""
    until, mode = time.monotonic() + PATIENCE, None
    while mode is None:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(PAUSE)
    if mode != "wal":
        raise sqlite3.OperationalError(f"no write-ahead log here (mode {mode})")


def _begin(connection: Connection) -> None:
    """Begin a transaction: one that will write takes the lock at once, so that its checks hold."""
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))
