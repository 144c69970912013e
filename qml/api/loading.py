"""What a call is given: a folder, a configuration, `key=value` pairs."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qml.config import Config, Loaded
from qml.config import validate as validate_config
from qml.tasks.project import Project, open_project

Settings = Config | Mapping[str, Any] | None


def project_of(root: Path | str, pairs: Iterable[str] = ()) -> Project:
    """Open the project that a folder lies in."""
    return open_project(Path(root), os.environ, pairs=pairs)


def loaded_of(config: Settings, root: Path | str, pairs: Iterable[str]) -> Loaded:
    """Return a configuration, or that of the project, with pairs laid over it."""
    given = list(pairs)
    if config is None:
        return project_of(root, given).loaded
    valid = config if isinstance(config, Config) else validate_config(config)
    if given:
        from qml.config.sources import pairs_layer

        valid = validate_config(_overlaid(valid.document(), pairs_layer(given).values))
    return Loaded(config=valid, origins={}, root=Path(root).resolve(), file=None)


def _overlaid(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    return below | {
        key: _overlaid(below.get(key, {}), value) if isinstance(value, Mapping) else value
        for key, value in above.items()
    }
