"""Journals as the machine of submissions needs them: with a cap, an overview and a check."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qml.execution.submission.draft import Entry, State
from qml.execution.submission.journal import Journal
from qml.ports import Clock
from qml.testing.fake_journal import FakeJournal

if TYPE_CHECKING:
    from qml.ledger import Ledger

NO_LIMIT = Decimal(10**6)


class Book(Protocol):
    """A journal, and what a person does with it."""

    @property
    def journal(self) -> Journal:
        """What a buyer writes to."""
        ...

    def entries(self) -> list[Entry]:
        """Return all intents."""
        ...

    def held(self) -> Decimal:
        """Return what is settled and reserved."""
        ...

    def cap(self, most: Decimal) -> None:
        """Set the cap."""
        ...

    def adopt(self, key: str, job_id: str) -> None:
        """Tie a job to an intent whose outcome is unknown."""
        ...

    def problems(self) -> list[str]:
        """Return what is inconsistent."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class FakeBook:
    """The journal in memory."""

    def __init__(self, clock: Clock) -> None:
        self.journal = FakeJournal(clock)

    def entries(self) -> list[Entry]:
        """Return all intents."""
        return list(self.journal.entries.values())

    def held(self) -> Decimal:
        """Return what is settled and reserved."""
        return self.journal.held

    def cap(self, most: Decimal) -> None:
        """Set the cap."""
        self.journal.cap = most

    def adopt(self, key: str, job_id: str) -> None:
        """Tie a job to an intent whose outcome is unknown."""
        self.journal.move(key, State.UNKNOWN)
        self.journal.move(key, State.SUBMITTED, job_id=job_id)

    def problems(self) -> list[str]:
        """Check that the cap held at every moment, not only between two rules."""
        cap = self.journal.cap
        over = cap is not None and self.journal.highest > cap
        return [f"{self.journal.highest} were held under a cap of {cap}"] if over else []

    def close(self) -> None:
        """Nothing is open."""


class LedgerBook:
    """The real ledger.

    Args:
        clock: Dates what is written.
        url: `ledger.url`, or None for a file.
        root: Where the file is.
    """

    def __init__(self, clock: Clock, url: str | None, root: Path) -> None:
        from qml.ledger import Caps, open_ledger

        self.journal: Ledger = open_ledger(url, root, project="machine", caps=Caps(), clock=clock)

    def entries(self) -> list[Entry]:
        """Return all intents."""
        return self.journal.entries()

    def held(self) -> Decimal:
        """Return what is settled and reserved."""
        balance = self.journal.balance("project")
        return balance.settled + balance.reserved

    def cap(self, most: Decimal) -> None:
        """Set the cap of the project."""
        self.journal.set_cap("project", most)

    def adopt(self, key: str, job_id: str) -> None:
        """Tie a job to an intent whose outcome is unknown."""
        self.journal.adopt(key, job_id)

    def problems(self) -> list[str]:
        """Compare states, account and totals."""
        return self.journal.audit()

    def close(self) -> None:
        """Close the database."""
        self.journal.close()
