"""A cache of measurements that survives a kill at any instant.

One file for each context (model, base, calibration tokens); one JSON document a line; lines are
only ever appended, each by a single write, so that several processes may share the file. A line
that a kill has torn is no JSON, and is skipped.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qml.errors import UsageError
from qml.files import append_line


class Journal:
    """Divergences by key.

    Args:
        path: The file; it and its folder are made at the first measurement.
        about: What was measured, for those who look into the file; JSON values.
    """

    def __init__(self, path: Path, about: Mapping[str, Any]) -> None:
        self.path = path
        self._about = about
        self._known: dict[str, float] = {}
        self._ready = False
        if path.exists():
            for line in path.read_bytes().split(b"\n"):
                self._known |= _entries(line)

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def __getitem__(self, key: str) -> float:
        return self._known[key]

    def add(self, found: Mapping[str, float]) -> None:
        """Keep measurements: all of them or none, whenever the process is killed.

        Raises:
            UsageError: The file cannot be written, e.g. the disk is full.
        """
        kept = {key: value if math.isfinite(value) else None for key, value in found.items()}
        try:
            self._prepare()
            append_line(self.path, json.dumps({"kl": kept}, allow_nan=False))
        except OSError as error:
            raise UsageError(
                f"the cache of sensitivities {self.path} cannot be written: {error.strerror}",
                hint="make room on the disk, or point XDG_CACHE_HOME at another one",
            ) from error
        self._known |= {key: _number(value) for key, value in kept.items()}

    def _prepare(self) -> None:
        """Make the file, or end the line that a kill has torn."""
        if self._ready:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            append_line(self.path, json.dumps(self._about))
        elif not self.path.read_bytes().endswith(b"\n"):
            append_line(self.path, "")
        self._ready = True


def _entries(line: bytes) -> dict[str, float]:
    """Return what a line holds; nothing where it is torn or says what the file is about."""
    try:
        document = json.loads(line)
    except ValueError:
        return {}
    found = document.get("kl") if isinstance(document, dict) else None
    return {key: _number(value) for key, value in found.items()} if found else {}


def _number(value: float | None) -> float:
    """JSON has no infinity."""
    return math.inf if value is None else float(value)
