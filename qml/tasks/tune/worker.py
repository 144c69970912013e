"""The process of a pool: takes trials from a pipe, carries them out, tells how they go.

It ends with its parent: the system sends it SIGTERM then, so that a training saves its state, and
the pipe ends, so that no other trial begins.
"""

import ctypes
import os
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from qml.session import World
from qml.tasks.tune.perform import perform

PR_SET_PDEATHSIG = 1


def serve(pipe: Connection, root: Path, environ: dict[str, str], parent: int) -> None:
    """Carry out trials until there are no more."""
    _die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the study is asked, and asks in its turn
    world = World.default()
    world = World(environ=environ, progress=world.progress, clock=world.clock)
    while True:
        try:
            job = pipe.recv()
            if job is None:
                return
            done = perform(job, root, world, _Line(pipe))
            pipe.send(("done", done))
        except (EOFError, BrokenPipeError, ConnectionResetError):  # the study is no more
            return


class _Line:
    """Tells the study through the pipe."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def born(self, run_id: str) -> None:
        """Tell the id, and wait until the study has written it down."""
        self._ask("born", run_id)

    def report(self, epoch: int, values: Mapping[str, float]) -> bool:
        """Tell how an epoch went, and hear whether to give up."""
        return bool(self._ask("report", (epoch, dict(values))))

    def _ask(self, kind: str, value: Any) -> Any:
        self._pipe.send((kind, value))
        return self._pipe.recv()


def _die_with(parent: int) -> None:
    """Ask the system for SIGTERM as soon as the parent is gone, however it went."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it went before we asked
        raise SystemExit(0)
