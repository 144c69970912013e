"""Whatever the world does in any order; `bench/submission_storm.py` does it for longer."""

import tempfile
from pathlib import Path

from hypothesis import settings

from qml.testing.books import LedgerBook
from qml.testing.submission_machine import SubmissionMachine

TestInMemory = SubmissionMachine.TestCase
TestInMemory.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, derandomize=True
)


class LedgerMachine(SubmissionMachine):
    def open_book(self):
        self.folder = tempfile.TemporaryDirectory()
        return LedgerBook(self.fake.clock, None, Path(self.folder.name))

    def teardown(self):
        try:
            super().teardown()
        finally:
            self.folder.cleanup()


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(
    max_examples=8, stateful_step_count=30, deadline=None, derandomize=True
)
