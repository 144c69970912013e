"""`qml runs sync`: send to the tracker what it has not got yet."""

from typing import Any

from qml.records import run_folders
from qml.session import World
from qml.tasks.mirror import tracker_of
from qml.tasks.project import Project
from qml.tracking.registry import unsynced


def sync_document(project: Project, world: World) -> dict[str, Any]:
    """Send what is missing; returns `qml.sync/1`: for each run None, or why it was not sent."""
    config = project.loaded.config
    late = unsynced(run_folders(project.runs))
    sent: dict[str, str | None] = {}
    if late:
        sent = tracker_of(config, project.root, world.environ).sync(late)
    return {"schema": "qml.sync/1", "runs": sent}
