"""The tracker of a project, and the model loader that it is told of."""

from collections.abc import Mapping
from pathlib import Path

from qml.config import Config
from qml.tracking.base import Tracker, TrackerSettings
from qml.tracking.registry import open_tracker

PYFUNC = "qml.tasks.pyfunc"


def tracker_of(config: Config, root: Path, environ: Mapping[str, str]) -> Tracker:
    """Open the tracker that `[tracking]` names; MLFLOW_TRACKING_URI overrides its place.

    Raises:
        PluginError: No tracker has that name.
    """
    settings = TrackerSettings(
        uri=environ.get("MLFLOW_TRACKING_URI") or config.tracking.uri,
        experiment=config.tracking.experiment or config.project.name,
        root=root,
        loader_module=PYFUNC,
        environ=environ,
    )
    return open_tracker(config.tracking.name, settings)
