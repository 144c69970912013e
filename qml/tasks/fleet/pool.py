"""Jobs side by side: one process each, with a JAX of its own."""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, cast

from qml.session import World
from qml.tasks.fleet.executors import Craft, Done, Ended, Job
from qml.tasks.fleet.worker import serve

LOOK_UP = 0.2
"""Seconds between two looks at whether somebody asked to stop."""


class _Place(Generic[Job]):
    """One process of the pool and the job that it works on."""

    def __init__(self, perform: Callable[..., Any], root: Path, environ: dict[str, str]) -> None:
        context = get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=serve, args=(theirs, perform, root, environ, os.getpid()), daemon=True
        )
        self.process.start()
        theirs.close()
        self.job: Job | None = None

    def close(self) -> None:
        """End the process."""
        self.pipe.close()
        self.process.join(timeout=10)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Pool(Generic[Job, Done]):
    """Several jobs at a time.

    Args:
        capacity: How many.
        craft: How jobs are carried out.
        root: Folder of the project.
        world: Clock, environment and progress.
        stop: Whether somebody asked to stop; then jobs are asked to save their state.
    """

    def __init__(
        self,
        capacity: int,
        craft: Craft[Job, Done],
        root: Path,
        world: World,
        stop: Callable[[], bool],
    ) -> None:
        self.capacity = capacity
        self._craft = craft
        self._root = root
        self._environ = dict(world.environ)
        self._stop = stop
        self._asked = False
        self._places: list[_Place[Job]] = []

    @property
    def running(self) -> int:
        """Jobs that were started and have not ended."""
        return len(self._busy())

    def start(self, job: Job) -> None:
        """Give a job to an idle process, or to a new one."""
        idle = next((place for place in self._places if place.job is None), None)
        if idle is None:
            idle = _Place(self._craft.perform, self._root, self._environ)
            self._places.append(idle)
        idle.job = job
        idle.pipe.send(job)

    def wait(self) -> Ended[Job, Done]:
        """Serve all jobs until one of them has ended."""
        while True:
            self._pass_on_stop()
            pipes = {place.pipe: place for place in self._busy()}
            for ready in wait(list(pipes), timeout=LOOK_UP):
                ended = self._hear(pipes[cast("Connection", ready)])
                if ended is not None:
                    return ended

    def close(self) -> None:
        """End all processes."""
        for place in self._places:
            place.close()
        self._places.clear()

    def _hear(self, place: _Place[Job]) -> Ended[Job, Done] | None:
        job = place.job
        assert job is not None
        try:
            kind, value = place.pipe.recv()
        except (EOFError, ConnectionResetError):
            return self._lost(place, job)
        if kind == "done":
            place.job = None
            return Ended(job, value)
        place.pipe.send(self._craft.answer(job, kind, value))
        return None

    def _lost(self, place: _Place[Job], job: Job) -> Ended[Job, Done]:
        """Tell of a process that died, and forget it; the next job gets a new one."""
        place.close()
        self._places.remove(place)
        error = f"its process died with exit code {place.process.exitcode}"
        return Ended(job, self._craft.lost(job, error))

    def _busy(self) -> list[_Place[Job]]:
        return [place for place in self._places if place.job is not None]

    def _pass_on_stop(self) -> None:
        if not self._stop() or self._asked:
            return
        self._asked = True
        for place in self._busy():
            if place.process.pid is not None and place.process.is_alive():
                os.kill(place.process.pid, signal.SIGTERM)
