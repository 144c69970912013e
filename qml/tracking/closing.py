"""Close, in the tracker too, the runs whose process died."""

from collections.abc import Sequence
from pathlib import Path

from qml.tracking.base import UNSYNCED, Tracker


def close_dead(tracker: Tracker, swept: Sequence[Path]) -> dict[str, str | None]:
    """Tell a tracker that runs were killed.

    Only runs whose mirror was begun are told of, so that a command which finds a dead run never
    waits for the first creation of a database.

    Args:
        tracker: Of the project.
        swept: Folders that `qml.records.sweep` has just marked as killed.

    Returns:
        For each run id None where the tracker knows now, else why it does not; `qml runs sync`
        tells it later.
    """
    begun = [run for run in swept if (run / UNSYNCED).exists()]
    return tracker.sync(begun) if begun else {}
