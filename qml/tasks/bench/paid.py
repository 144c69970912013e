"""Runs that a benchmark has paid for, in all its sessions: its cap is that of all of them."""

import json

from qml.files import append_line
from qml.records import RunFolder

FILE = "paid.jsonl"


class PaidRuns:
    """A file in the benchmark's run folder, one line a run.

    A run stands there before it buys anything. One that another benchmark began counts in full:
    the cap holds all the more.

    Args:
        run: The benchmark's run.
    """

    def __init__(self, run: RunFolder) -> None:
        self._path = run.path / FILE
        lines = self._path.read_bytes().split(b"\n")[:-1] if self._path.exists() else []
        self._runs: dict[str, None] = dict.fromkeys(json.loads(line) for line in lines if line)

    def all(self) -> list[str]:
        """Return their ids."""
        return list(self._runs)

    def add(self, run_id: str) -> None:
        """Write a run down."""
        if run_id not in self._runs:
            append_line(self._path, json.dumps(run_id))
            self._runs[run_id] = None
