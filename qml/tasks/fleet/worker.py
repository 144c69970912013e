"""The process of a pool: takes jobs from a pipe, carries them out, tells how they go.

It ends with its parent: the system sends it SIGTERM then, so that a training saves its state, and
the pipe ends, so that no other job begins.
"""

import ctypes
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from qml.session import World

PR_SET_PDEATHSIG = 1


def serve(
    pipe: Connection,
    perform: Callable[..., Any],
    root: Path,
    environ: dict[str, str],
    parent: int,
) -> None:
    """Carry out jobs until there are no more."""
    _die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is asked, and asks in its turn
    world = World.default()
    world = World(environ=environ, progress=world.progress, clock=world.clock)

    def ask(kind: str, value: Any) -> Any:
        """Tell the parent, and wait until it has answered."""
        pipe.send((kind, value))
        return pipe.recv()

    while True:
        try:
            job = pipe.recv()
            pipe.send(("done", perform(job, root, world, ask)))
        except (EOFError, BrokenPipeError, ConnectionResetError):  # the parent is no more
            return


def _die_with(parent: int) -> None:
    """Ask the system for SIGTERM as soon as the parent is gone, however it went."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it went before we asked
        raise SystemExit(0)
