"""What the outside lends a command: environment, clock, somebody who watches."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from qml.ports import Clock, Progress, Silence, SystemClock


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the outside lends a command.

    Attributes:
        environ: Environment variables.
        progress: Who watches.
        clock: What time it is.
    """

    environ: Mapping[str, str]
    progress: Progress
    clock: Clock

    @classmethod
    def default(cls, progress: Progress | None = None) -> "World":
        """Return the process's own surroundings, silent unless told otherwise."""
        return cls(environ=os.environ, progress=progress or Silence(), clock=SystemClock())
