"""The vendor's side: jobs, their fate and their price, in a file that outlives every client."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from qml.backends.remote import Phase
from qml.testing.fake_vendor.reply import FakeReply

_TABLES = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    device TEXT NOT NULL,
    results TEXT NOT NULL,
    price TEXT NOT NULL,
    submitted REAL NOT NULL,
    phase TEXT NOT NULL,
    fate TEXT NOT NULL,
    polls INTEGER NOT NULL,
    hidden_questions INTEGER NOT NULL,
    hidden_until REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS script (number INTEGER PRIMARY KEY AUTOINCREMENT, reply TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, reply TEXT NOT NULL
);
"""
_JOB = "SELECT number, key, digest, device, phase, price, submitted, results FROM jobs"


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeJob:
    """A job in the account.

    Attributes:
        id: The vendor's name of it.
        key: What the client put into its metadata.
        digest: Likewise.
        device: Machine.
        phase: Where it stands.
        price: What it costs once it is done; jobs that end otherwise cost nothing.
        submitted: Seconds since the epoch, by the vendor's clock.
        results: JSON text that the client reads results from.
    """

    id: str
    key: str
    digest: str
    device: str
    phase: Phase
    price: Decimal
    submitted: float
    results: str

    @property
    def bill(self) -> Decimal:
        """What is charged."""
        return self.price if self.phase is Phase.DONE else Decimal(0)


class FakeAccount:
    """An account at the fake vendor.

    Every accepted request makes a new job, as with IonQ: the key is only written down.

    Args:
        path: SQLite file, or None for an account that lives as long as this object.
        now: The vendor's clock, in seconds since the epoch.
    """

    def __init__(self, path: Path | None, now: Callable[[], float]) -> None:
        # A killed process is survived, a power cut is not: tests kill, and wait for no disk.
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=30)
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.executescript(_TABLES)
        self._now = now

    def expect(self, *replies: FakeReply) -> None:
        """Script the next submissions; after them all days are good."""
        rows = [(reply.dumps(),) for reply in replies]
        self._db.executemany("INSERT INTO script (reply) VALUES (?)", rows)

    def calm(self) -> None:
        """Forget the script, and show every job in listings."""
        self._db.execute("DELETE FROM script")
        self._db.execute("UPDATE jobs SET hidden_questions = 0, hidden_until = 0")

    def post(
        self, key: str, digest: str, device: str, results: str, price: Decimal
    ) -> tuple[FakeReply, list[str]]:
        """Take a submission: do what the script says, and return it with the ids of the jobs."""
        self._db.execute("BEGIN IMMEDIATE")
        reply = self._next()
        self._db.execute("INSERT INTO requests (key, reply) VALUES (?, ?)", (key, reply.dumps()))
        made = [self._make(key, digest, device, results, price, reply) for _ in range(reply.jobs)]
        self._db.execute("COMMIT")
        return reply, made

    def ask(self, job_id: str) -> FakeJob | None:
        """Answer one question about a job; asking makes it move on."""
        number = _number(job_id)
        self._db.execute(
            "UPDATE jobs SET phase = CASE WHEN polls <= 0 THEN fate WHEN polls = 1 THEN 'running'"
            " ELSE 'queued' END, polls = polls - 1 WHERE number = ?"
            " AND phase IN ('queued', 'running')",
            (number,),
        )
        return self.look(job_id)

    def look(self, job_id: str) -> FakeJob | None:
        """Return a job as it stands, or None where there is none of this id."""
        found = self._jobs(f"{_JOB} WHERE number = ?", _number(job_id))
        return found[0] if found else None

    def listing(self, key: str | None = None) -> list[FakeJob]:
        """Answer one question for the list of jobs, without those that do not appear yet."""
        shown = self._jobs(
            f"{_JOB} WHERE (? IS NULL OR key = ?) AND hidden_questions <= 0 AND hidden_until <= ?"
            " ORDER BY number",
            key,
            key,
            self._now(),
        )
        self._db.execute("UPDATE jobs SET hidden_questions = hidden_questions - 1")
        return shown

    def cancel(self, job_id: str) -> None:
        """Cancel a job that has not ended."""
        self._db.execute(
            "UPDATE jobs SET phase = 'cancelled' WHERE number = ?"
            " AND phase IN ('queued', 'running')",
            (_number(job_id),),
        )

    def duplicate(self, job_id: str) -> str:
        """Make a second job of the same key, as a gateway that repeats requests does."""
        columns = "key, digest, device, results, price, submitted, phase, fate, polls"
        cursor = self._db.execute(
            f"INSERT INTO jobs ({columns}, hidden_questions, hidden_until)"  # noqa: S608 - fixed
            f" SELECT {columns}, 0, 0 FROM jobs WHERE number = ?",
            (_number(job_id),),
        )
        return _id(cursor.lastrowid)

    @property
    def jobs(self) -> list[FakeJob]:
        """All jobs, whether they appear in listings or not, oldest first."""
        return self._jobs(f"{_JOB} ORDER BY number")

    @property
    def posts(self) -> list[tuple[str, FakeReply]]:
        """All submissions, in order: the key, and what became of it."""
        rows = self._db.execute("SELECT key, reply FROM requests ORDER BY number")
        return [(key, FakeReply.loads(reply)) for key, reply in rows]

    @property
    def charged(self) -> Decimal:
        """What the account owes."""
        return sum((job.bill for job in self.jobs), Decimal(0))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _next(self) -> FakeReply:
        row = self._db.execute("SELECT number, reply FROM script ORDER BY number").fetchone()
        if row is None:
            return FakeReply()
        self._db.execute("DELETE FROM script WHERE number = ?", (row[0],))
        return FakeReply.loads(row[1])

    def _make(
        self, key: str, digest: str, device: str, results: str, price: Decimal, reply: FakeReply
    ) -> str:
        now = self._now()
        phase = reply.fate if reply.polls <= 0 else Phase.QUEUED
        cursor = self._db.execute(
            "INSERT INTO jobs (key, digest, device, results, price, submitted, phase, fate, polls,"
            " hidden_questions, hidden_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(key, digest, device, results, str(price), now, phase.value, reply.fate.value),
                *(reply.polls, reply.hidden_questions, now + reply.hidden_seconds),
            ),
        )
        return _id(cursor.lastrowid)

    def _jobs(self, query: str, *values: object) -> list[FakeJob]:
        return [
            FakeJob(
                id=_id(number),
                key=key,
                digest=digest,
                device=device,
                phase=Phase(phase),
                price=Decimal(price),
                submitted=submitted,
                results=results,
            )
            for number, key, digest, device, phase, price, submitted, results in self._db.execute(
                query, values
            )
        ]


def _id(number: int | None) -> str:
    return f"fake-{number}"


def _number(job_id: str) -> int:
    """Return a job's number; -1, which no job has, for a name that is none of ours."""
    digits = job_id.removeprefix("fake-")
    return int(digits) if digits.isdecimal() else -1
