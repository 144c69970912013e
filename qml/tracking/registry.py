"""Opens the tracker that `[tracking]` names."""

from collections.abc import Mapping
from pathlib import Path

from qml import plugins
from qml.config import Config
from qml.tracking.base import Tracker


def open_tracker(config: Config, root: Path, environ: Mapping[str, str]) -> Tracker:
    """Open the tracker; nothing is sent before its `start`.

    Args:
        config: Configuration.
        root: Folder of the project.
        environ: Environment variables; MLFLOW_TRACKING_URI overrides `tracking.uri`.

    Raises:
        PluginError: No tracker has that name.
    """
    make = plugins.load("trackers", config.tracking.name)
    tracker: Tracker = make(config, root, environ)
    return tracker
