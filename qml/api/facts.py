"""What there is: the configuration that holds, the backends that can be named."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qml.api.loading import project_of
from qml.config import Config


def load_config(root: Path | str = ".", *, set: Iterable[str] = ()) -> Config:  # noqa: A002 - the flag's name
    """Load the configuration that holds in a folder.

    Args:
        root: Folder of the project, or any folder in it.
        set: `key=value` pairs, as `--set` takes them.

    Raises:
        ConfigError: It is not valid.
    """
    return project_of(root, set).loaded.config


def list_backends() -> list[dict[str, Any]]:
    """List the backends, as rows of `qml.backends/1`."""
    from qml.tasks.backends import backends_document

    rows: list[dict[str, Any]] = backends_document(Config())["backends"]
    return rows
