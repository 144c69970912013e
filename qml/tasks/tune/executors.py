"""Who carries trials out: this process one by one, or a pool of processes."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from qml.session import World
from qml.tasks.tune.jobs import Done, Job, Watcher
from qml.tasks.tune.perform import perform

Watch = Callable[[Job], Watcher]
"""Returns whom a trial tells how it goes."""


class Ended(NamedTuple):
    """A trial and how it ended."""

    job: Job
    done: Done


class Executor(Protocol):
    """Carries trials out.

    Attributes:
        capacity: Trials at a time.
        running: Trials that were started and have not ended.
    """

    capacity: int

    @property
    def running(self) -> int:
        """Trials that were started and have not ended."""
        ...

    def start(self, job: Job) -> None:
        """Begin a trial; at most `capacity` at a time."""
        ...

    def wait(self) -> Ended:
        """Wait until a trial has ended."""
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...


class InProcess:
    """One trial at a time, here: nothing is imported or compiled twice.

    Args:
        root: Folder of the project.
        world: Clock, environment and progress.
        watch: Whom trials tell how they go.
    """

    capacity = 1

    def __init__(self, root: Path, world: World, watch: Watch) -> None:
        self._root = root
        self._world = world
        self._watch = watch
        self._job: Job | None = None

    @property
    def running(self) -> int:
        """Trials that were started and have not ended."""
        return int(self._job is not None)

    def start(self, job: Job) -> None:
        """Keep a trial until somebody waits for it."""
        self._job = job

    def wait(self) -> Ended:
        """Carry it out."""
        job = self._job
        assert job is not None
        done = perform(job, self._root, self._world, self._watch(job))
        self._job = None
        return Ended(job, done)

    def close(self) -> None:
        """Do nothing."""
