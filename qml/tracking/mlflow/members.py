"""The runs that a run is made of, on their way to the process that mirrors it."""

import json
from collections import deque
from collections.abc import Callable
from pathlib import Path

AHEAD = 16
"""So many are told of before the first is answered: a pipe that is full would stop the work."""
_ALSO = b"also "


def line_of(run: Path) -> bytes:
    """Return what tells the process of a run."""
    return _ALSO + json.dumps(str(run.resolve())).encode() + b"\n"


def run_of(line: bytes) -> Path:
    """Read what `line_of` wrote."""
    return Path(json.loads(line.removeprefix(_ALSO)))


class Members:
    """Runs that wait, in their order; answers come in the same.

    Args:
        tell: Writes a line to the process.
    """

    def __init__(self, tell: Callable[[bytes], None]) -> None:
        self._tell = tell
        self._waiting: deque[Path] = deque()
        self._told: deque[Path] = deque()

    def add(self, run: Path) -> None:
        """Take one more."""
        self._waiting.append(run)

    def hand_on(self) -> None:
        """Tell the process of as many as it may be told of; never waits."""
        while self._waiting and len(self._told) < AHEAD:
            run = self._waiting.popleft()
            self._told.append(run)
            self._tell(line_of(run))

    @property
    def told(self) -> bool:
        """Whether an answer is to come."""
        return bool(self._told)

    def next(self) -> Path | None:
        """Return the run that the next answer is about, then those that were never told of."""
        queue = self._told or self._waiting
        return queue.popleft() if queue else None
