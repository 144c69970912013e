"""What submission needs of a journal; `qml.ledger` is one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from qml.execution.submission.draft import Draft, Entry, State


class Journal(Protocol):
    """Keeps intents and money. Every method is durable when it returns."""

    def intend(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Reserve and write intents, all of them or none, in one transaction.

        An intent that is there already is returned as it is.

        Raises:
            BudgetError: settled + reserved + these would exceed a cap; nothing was written.
            LedgerError: It cannot be written (disk full, no connection, or the key is there with
                another digest).
        """
        ...

    def move(
        self,
        key: str,
        state: State,
        *,
        job_id: str | None = None,
        billed: Decimal | None = None,
        detail: str | None = None,
    ) -> Entry:
        """Write the next state of an intent.

        Raises:
            LedgerError: The move is not allowed (`draft.allowed`), or it cannot be written.
        """
        ...

    def history(self, run_id: str, name: str) -> list[Entry]:
        """Return the intents of one place in a run, oldest first."""
        ...

    def open(self, run_id: str) -> list[Entry]:
        """Return the intents of a run that are not final, oldest first."""
        ...

    def beat(self, run_id: str, facts: Mapping[str, Any]) -> None:
        """Note that the run is alive, with JSON values that `qml status` shows."""
        ...
