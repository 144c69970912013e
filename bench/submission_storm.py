"""The machine of submissions for as long as you like: `python bench/submission_storm.py 5000`.

Random histories of crashes, lost replies, late listings, doubled jobs, low budgets and clock jumps
against the fake vendor; prints how many ended as if nothing had happened. With `--ledger` the
journal is the real ledger on SQLite.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import stamina
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from qml.testing.books import Book, LedgerBook
from qml.testing.submission_machine import SubmissionMachine


class Storm(SubmissionMachine):
    """Counts what it went through."""

    runs = 0
    jobs = 0
    intents = 0

    def teardown(self) -> None:
        """Count once everything was compared."""
        account, book = self.fake.account, self.book
        jobs, intents = len(account.jobs), len(book.entries())
        super().teardown()
        Storm.runs += 1
        Storm.jobs += jobs
        Storm.intents += intents


class LedgerStorm(Storm):
    """The same with the real ledger."""

    def open_book(self) -> Book:
        """Open an empty ledger in a folder of its own."""
        self.folder = tempfile.TemporaryDirectory()
        return LedgerBook(self.fake.clock, None, Path(self.folder.name))

    def teardown(self) -> None:
        """Remove the folder."""
        try:
            super().teardown()
        finally:
            self.folder.cleanup()


def main() -> int:
    """Run the storm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("histories", type=int, nargs="?", default=2000)
    parser.add_argument("--steps", type=int, default=40, help="rules in a history")
    parser.add_argument("--ledger", action="store_true", help="the real ledger on SQLite")
    asked = parser.parse_args()
    stamina.set_testing(True, attempts=10)
    started = time.monotonic()
    run_state_machine_as_test(
        LedgerStorm if asked.ledger else Storm,
        settings=settings(
            max_examples=asked.histories,
            stateful_step_count=asked.steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    took = time.monotonic() - started
    print(
        f"{Storm.runs} histories, {Storm.intents} intents, {Storm.jobs} jobs before the last"
        f" resume: none lost, none twice, caps held; {took:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
