"""Trackers, mirroring the records of a run."""

from qml.tracking.base import UNSYNCED, Tracker, TrackerFactory, TrackerSettings
from qml.tracking.closing import close_dead
from qml.tracking.registry import open_tracker, unsynced

__all__ = [
    "UNSYNCED",
    "Tracker",
    "TrackerFactory",
    "TrackerSettings",
    "close_dead",
    "open_tracker",
    "unsynced",
]
