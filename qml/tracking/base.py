"""The protocol of a tracker: it mirrors records, and losing it never loses a run."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol


class Tracker(Protocol):
    """Mirrors one run somewhere.

    Calls may return before anything is sent, must not raise for a server that is down or slow, and
    must not delay the run; what could not be sent is sent later from the run folder.
    """

    def start(self, run: Path, manifest: Mapping[str, Any]) -> None:
        """Begin to mirror the run that lies in this folder, beside the work."""
        ...

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Mirror metrics of one step."""
        ...

    def finish(self, manifest: Mapping[str, Any]) -> str | None:
        """Send what is left within a bounded time.

        Returns:
            None where all was sent, else why it was not and what sends it later.
        """
        ...
