"""What the process that mirrors says of each run, in the order in which it was told of them."""

import subprocess

from qml.tracking.mlflow.job import Answer, read_answer
from qml.tracking.mlflow.lines import Lines

# An ended process needs an instant to be gone.
GONE_SECONDS = 5.0


class Answers:
    """Answers of a process.

    Args:
        process: The process.
        limit: Longest time to wait for the next one (seconds).

    Attributes:
        silence: Why there is none any more: one did not come in time. None so far.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", limit: float) -> None:
        assert process.stdout is not None
        self._process = process
        self._lines = Lines(process.stdout.fileno())
        self._limit = limit
        self.silence: str | None = None

    def ready(self) -> Answer | None:
        """Return the next answer where it is there already."""
        line = self._lines.next(0.0)
        return read_answer(line) if line else None

    def reason(self) -> str | None:
        """Wait for the next answer; return its reason, or why it did not come."""
        if self.silence is None:
            line = self._lines.next(self._limit)
            if line:
                return read_answer(line).reason
            self.silence = self._why(line)
        return self.silence

    def _why(self, line: bytes | None) -> str:
        if line is None:
            return f"no answer within {self._limit:g} s"
        return f"its process ended with code {self._process.wait(GONE_SECONDS)}"
