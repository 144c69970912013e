"""`artifacts/submissions.jsonl`: what each place of a run was served with, bought or stored."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qml.errors import RunError
from qml.files import append_line, write_bytes
from qml.records.secrets import Scrubber

SUBMISSIONS = "artifacts/submissions.jsonl"


class SubmissionTrail:
    """Appends one line per submission; the file of a resumed run repeats lines.

    Lines are handed to the system at once and reach the disk when it likes: the journal and the
    store hold all that money depends on.

    Args:
        path: `artifacts/submissions.jsonl` of a run that this process has locked.
        scrubber: Keeps credentials out.
    """

    def __init__(self, path: Path, *, scrubber: Scrubber | None = None) -> None:
        self._path = path
        self._scrubber = scrubber or Scrubber()
        self._whole = False

    def add(self, row: dict[str, Any]) -> None:
        """Append one submission.

        Args:
            row: JSON values; `name` is its place in the run.

        Raises:
            RunError: The file cannot be written.
        """
        line = json.dumps(
            self._scrubber.document(row), allow_nan=False, separators=(",", ":"), sort_keys=True
        )
        try:
            self._prepare()
            append_line(self._path, line)
        except OSError as error:
            raise RunError(
                f"{self._path} cannot be written: {error.strerror or error}",
                hint="make room or set the permissions, then resume; what was bought is stored",
            ) from error

    def _prepare(self) -> None:
        """Once, cut off what a crash left of a last line: the next one would be glued to it."""
        if self._whole:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        data = self._path.read_bytes() if self._path.exists() else b""
        end = data.rfind(b"\n") + 1
        if end < len(data):
            write_bytes(self._path, data[:end])
        self._whole = True


def read_trail(path: Path) -> dict[str, Mapping[str, Any]]:
    """Read the last row of every name, in the order in which names came first.

    Args:
        path: `artifacts/submissions.jsonl`; need not exist. A torn last line is skipped.

    Raises:
        RunError: A whole line is damaged.
    """
    if not path.exists():
        return {}
    found: dict[str, Mapping[str, Any]] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):
        try:
            row = json.loads(line)
            found[row["name"]] = row
        except (ValueError, KeyError, TypeError) as error:
            raise RunError(f"{path}, line {number} is damaged: {error}") from error
    return found
