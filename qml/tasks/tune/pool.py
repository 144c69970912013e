"""Trials side by side: one process each, with a JAX of its own."""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from qml.session import World
from qml.tasks.tune.executors import Ended, Watch
from qml.tasks.tune.jobs import Done, Job
from qml.tasks.tune.worker import serve

LOOK_UP = 0.2
"""Seconds between two looks at whether somebody asked to stop."""


class _Place:
    """One process of the pool and the trial that it works on."""

    def __init__(self, root: Path, environ: dict[str, str]) -> None:
        context = get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=serve, args=(theirs, root, environ, os.getpid()), daemon=True
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


class Pool:
    """Several trials at a time.

    Args:
        capacity: How many.
        root: Folder of the project.
        world: Clock, environment and progress.
        watch: Whom trials tell how they go.
        stop: Whether somebody asked to stop; then trials are asked to save their state.
    """

    def __init__(
        self, capacity: int, root: Path, world: World, watch: Watch, stop: Callable[[], bool]
    ) -> None:
        self.capacity = capacity
        self._root = root
        self._environ = dict(world.environ)
        self._watch = watch
        self._stop = stop
        self._asked = False
        self._places: list[_Place] = []

    @property
    def running(self) -> int:
        """Trials that were started and have not ended."""
        return len(self._busy())

    def start(self, job: Job) -> None:
        """Give a trial to an idle process, or to a new one."""
        idle = next((place for place in self._places if place.job is None), None)
        if idle is None:
            idle = _Place(self._root, self._environ)
            self._places.append(idle)
        idle.job = job
        idle.pipe.send(job)

    def wait(self) -> Ended:
        """Serve all trials until one of them has ended."""
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

    def _hear(self, place: _Place) -> Ended | None:
        job = place.job
        assert job is not None
        try:
            kind, value = place.pipe.recv()
        except (EOFError, ConnectionResetError):
            return self._lost(place, job)
        if kind == "done":
            place.job = None
            return Ended(job, value)
        place.pipe.send(self._answer(job, kind, value))
        return None

    def _answer(self, job: Job, kind: str, value: Any) -> bool:
        watcher = self._watch(job)
        if kind == "born":
            watcher.born(value)
            return False
        return watcher.report(*value)

    def _lost(self, place: _Place, job: Job) -> Ended:
        """Tell of a process that died, and forget it; the next trial gets a new one."""
        place.close()
        self._places.remove(place)
        error = f"its process died with exit code {place.process.exitcode}"
        return Ended(job, Done(state="failed", error=error))

    def _busy(self) -> list[_Place]:
        return [place for place in self._places if place.job is not None]

    def _pass_on_stop(self) -> None:
        if not self._stop() or self._asked:
            return
        self._asked = True
        for place in self._busy():
            if place.process.pid is not None and place.process.is_alive():
                os.kill(place.process.pid, signal.SIGTERM)
