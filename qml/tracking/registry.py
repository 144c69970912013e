"""Open a tracker by its registered name, and find the runs that are not mirrored completely."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from qml.plugins import load
from qml.tracking.base import UNSYNCED, Tracker, TrackerFactory, TrackerSettings


def open_tracker(name: str, settings: TrackerSettings) -> Tracker:
    """Make a tracker.

    Args:
        name: Registered name: `mlflow`, `none`, or a plug-in's.
        settings: What it is made from.

    Raises:
        PluginError: No tracker has that name, or it does not load.
    """
    return cast("TrackerFactory", load("trackers", name))(settings)


def unsynced(runs: Iterable[Path]) -> list[Path]:
    """Return the run folders that are not mirrored completely."""
    return [run for run in runs if (run / UNSYNCED).exists()]
