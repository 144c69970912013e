"""What the outside lends a command: environment, clock, somebody who watches."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qml.ports import Clock, Progress, Silence, SystemClock


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the outside lends a command.

    Attributes:
        environ: Environment variables.
        progress: Who watches.
        clock: What time it is.
        within: Folder of the run that the work belongs to, where it is one of very many: its
            description of code, packages and machine is theirs, and reports are made on demand.
    """

    environ: Mapping[str, str]
    progress: Progress
    clock: Clock
    within: Path | None = None

    @classmethod
    def default(cls, progress: Progress | None = None) -> "World":
        """Return the process's own surroundings, silent unless told otherwise."""
        return cls(environ=os.environ, progress=progress or Silence(), clock=SystemClock())
