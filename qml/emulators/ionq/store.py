"""Jobs, sessions and counters in SQLite: in memory, or in a file that survives a kill.

What is written is in the file before the call returns, so an accepted job is durable before its
answer leaves.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from qml.emulators.ionq.jobs import Fate, Job
from qml.errors import UsageError

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT UNIQUE NOT NULL,
    record TEXT NOT NULL,
    input TEXT NOT NULL,
    canceled_at REAL,
    deleted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS children (
    id TEXT PRIMARY KEY, parent TEXT NOT NULL, place INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, record TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""


class Store:
    """The emulator's memory; safe to use from several threads.

    Args:
        path: The file, or None for memory.

    Raises:
        UsageError: The file cannot be opened or is no state file.
    """

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        try:
            self._db = sqlite3.connect(
                path or ":memory:", check_same_thread=False, isolation_level=None
            )
            self._prepare()
        except sqlite3.Error as error:
            raise UsageError(
                f"the state file `{path}` cannot be used: {error}",
                hint="name a new file, or one that `qml emulate ionq --state` made",
            ) from error

    def _prepare(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version not in {0, _VERSION}:
            raise sqlite3.DatabaseError(f"it has version {version}, not {_VERSION}")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")  # a kill of the process loses nothing
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {_VERSION}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the store; what is written inside, at any depth, is written as one."""
        with self._lock:
            if self._depth == 0:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    def count(self, name: str) -> int:
        """Count one more of something, and return how many there are."""
        with self.transaction():
            self._db.execute(
                "INSERT INTO counters VALUES (?, 1) "
                "ON CONFLICT (name) DO UPDATE SET value = value + 1",
                (name,),
            )
            return self.counted(name)

    def counted(self, name: str) -> int:
        """Return how many of something were counted."""
        with self._lock:
            row = self._db.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
            return int(row[0]) if row else 0

    def counters(self) -> dict[str, int]:
        """Return all counters."""
        with self._lock:
            return dict(self._db.execute("SELECT name, value FROM counters ORDER BY name"))

    def add_job(self, job: Job, program: Any) -> Job:
        """Store a new job with its `input`, and return it with its number."""
        with self.transaction():
            cursor = self._db.execute(
                "INSERT INTO jobs (id, record, input) VALUES (?, ?, ?)",
                (job.id, _dump_job(job), json.dumps(program)),
            )
            self._db.executemany(
                "INSERT INTO children VALUES (?, ?, ?)",
                [(child, job.id, place) for place, child in enumerate(job.children)],
            )
            return replace(job, number=int(cursor.lastrowid or 0))

    def job(self, job_id: str) -> Job | None:
        """Return a job, deleted ones as well."""
        with self._lock:
            row = self._db.execute(f"{_SELECT} WHERE id = ?", (job_id,)).fetchone()
        return _load_job(row) if row else None

    def jobs(self) -> list[Job]:
        """Return all jobs, newest first, deleted ones as well."""
        with self._lock:
            rows = self._db.execute(f"{_SELECT} ORDER BY number DESC").fetchall()
        return [_load_job(row) for row in rows]

    def input_of(self, job_id: str) -> Any:
        """Return the `input` of a job."""
        with self._lock:
            row = self._db.execute("SELECT input FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return json.loads(row[0])

    def parent_of(self, child_id: str) -> tuple[str, int] | None:
        """Return the parent of a child and the child's place, or None."""
        with self._lock:
            row = self._db.execute(
                "SELECT parent, place FROM children WHERE id = ?", (child_id,)
            ).fetchone()
        return (str(row[0]), int(row[1])) if row else None

    def cancel_job(self, job_id: str, when: float) -> None:
        """Note that the user cancelled a job."""
        self._write("UPDATE jobs SET canceled_at = ? WHERE id = ?", (when, job_id))

    def delete_job(self, job_id: str) -> None:
        """Note that the user deleted a job."""
        self._write("UPDATE jobs SET deleted = 1 WHERE id = ?", (job_id,))

    def put_session(self, session: dict[str, Any]) -> None:
        """Store a session, or what changed of it."""
        self._write(
            "INSERT INTO sessions (id, record) VALUES (?, ?) "
            "ON CONFLICT (id) DO UPDATE SET record = excluded.record",
            (session["id"], json.dumps(session)),
        )

    def sessions(self) -> dict[str, dict[str, Any]]:
        """Return all sessions by id, newest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT id, record FROM sessions ORDER BY number DESC"
            ).fetchall()
        return {row[0]: json.loads(row[1]) for row in rows}

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        with self._lock:
            self._db.execute(statement, values)


_SELECT = "SELECT number, record, canceled_at, deleted FROM jobs"
_OWN_COLUMNS = ("number", "canceled_at", "deleted")


def _dump_job(job: Job) -> str:
    record = {k: v for k, v in asdict(job).items() if k not in _OWN_COLUMNS}
    return json.dumps({**record, "price": str(job.price)})


def _load_job(row: tuple[int, str, float | None, int]) -> Job:
    number, text, canceled_at, deleted = row
    record = json.loads(text)
    return Job(
        **{
            **record,
            "gates": tuple((one, two) for one, two in record["gates"]),
            "children": tuple(record["children"]),
            "price": Decimal(record["price"]),
            "fate": Fate(**record["fate"]),
        },
        number=number,
        canceled_at=canceled_at,
        deleted=bool(deleted),
    )
