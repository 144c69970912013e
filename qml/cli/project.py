"""What most commands begin with: the project and the world."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.session import World
    from qml.tasks.project import Project


def here(pairs: Sequence[str] | None = None, flags: Sequence[str] = ()) -> "Project":
    """Open the project of the working folder."""
    from qml.tasks.project import open_project

    return open_project(Path.cwd(), os.environ, pairs=pairs or (), flags=flags)


def world(terminal: Terminal) -> "World":
    """Return the process's surroundings, with progress on the terminal."""
    from qml.session import World

    return World.default(terminal.progress())
