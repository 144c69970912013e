"""`metrics.jsonl`: one line for each step, so that a run can be watched, compared and resumed."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from qml.records.manifest import plain

_FLUSH_SECONDS = 1.0
_FLUSH_LINES = 500


class MetricsWriter:
    """Appends metrics; lines wait in memory for at most a second.

    Args:
        path: `metrics.jsonl` of a run that this process has locked.
        after: Step of the checkpoint that the run goes on from; lines of later steps are cut
            off, so that a resumed run writes the same file as one that was never stopped. None
            for a new run.
    """

    def __init__(self, path: Path, *, after: int | None = None) -> None:
        self._path = path
        self._pending: list[str] = []
        self._flushed = time.monotonic()
        _cut(path, after)

    def write(self, step: int, values: Mapping[str, Any]) -> None:
        """Append one line `{"step": step, **values}`.

        Args:
            step: Optimiser step, from 1.
            values: E.g. `epoch`, `time`, `loss`. Numbers that are not finite become null.
        """
        line = json.dumps(plain({"step": step, **values}), allow_nan=False, separators=(",", ":"))
        self._pending.append(line + "\n")
        late = time.monotonic() - self._flushed >= _FLUSH_SECONDS
        if late or len(self._pending) >= _FLUSH_LINES:
            self.flush()

    def flush(self) -> None:
        """Hand all lines to the system; call it before a checkpoint is saved."""
        if self._pending:
            with self._path.open("ab") as stream:
                stream.write("".join(self._pending).encode())
            self._pending.clear()
        self._flushed = time.monotonic()

    def close(self) -> None:
        """Flush, and make the file durable."""
        self.flush()
        if self._path.exists():
            with self._path.open("rb") as stream:
                os.fsync(stream.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def read_metrics(path: Path) -> list[dict[str, Any]]:
    """Read all whole lines; a last line torn by a crash is skipped.

    Args:
        path: `metrics.jsonl`; need not exist.
    """
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    whole = lines[:-1]  # what follows the last line end is empty or torn
    return [json.loads(line) for line in whole]


def _cut(path: Path, after: int | None) -> None:
    if not path.exists():
        return
    kept = [] if after is None else [row for row in read_metrics(path) if row["step"] <= after]
    text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in kept)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
