"""The tracker `none`: the run folder is the only record."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qml.tracking.base import TrackerSettings


class NoTracker:
    """Mirrors nothing, so nothing is ever left to send.

    Args:
        settings: Taken like every tracker's, not used.
    """

    def __init__(self, settings: TrackerSettings) -> None:
        del settings

    def start(self, run: Path, manifest: Mapping[str, Any]) -> None:
        """Mirror nothing."""

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Mirror nothing."""

    def finish(self, manifest: Mapping[str, Any]) -> str | None:
        """Return None: nothing is left to send."""
        del manifest
        return None

    def also(self, run: Path) -> None:
        """Mirror nothing."""

    def settle(self) -> dict[str, str | None]:
        """Return nothing: no run was sent."""
        return {}

    def sync(self, runs: Sequence[Path]) -> dict[str, str | None]:
        """Return None for every run: nothing is left to send."""
        return {run.name: None for run in runs}
