"""Who carries jobs out: this process one by one, or a pool of processes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from qml.session import World

Job = TypeVar("Job")
Done = TypeVar("Done")
Ask = Callable[[str, Any], Any]
"""Tells something of a job to who waits for it, and returns the answer."""


class Ended(NamedTuple, Generic[Job, Done]):
    """A job and how it ended."""

    job: Job
    done: Done


@dataclass(frozen=True, slots=True, kw_only=True)
class Craft(Generic[Job, Done]):
    """How jobs of a kind are carried out.

    Attributes:
        perform: Carries a job out in any process; a function of a module, since it is sent there.
            It fails by what it returns, never by an exception.
        answer: Answers here what a job tells: the job, of what kind it is, and a value.
        lost: How a job ended whose process died; the second argument says how it died.
    """

    perform: Callable[[Job, Path, World, Ask], Done]
    answer: Callable[[Job, str, Any], Any]
    lost: Callable[[Job, str], Done]


class Executor(Protocol[Job, Done]):
    """Carries jobs out.

    Attributes:
        capacity: Jobs at a time.
        running: Jobs that were started and have not ended.
    """

    capacity: int

    @property
    def running(self) -> int:
        """Jobs that were started and have not ended."""
        ...

    def start(self, job: Job) -> None:
        """Begin a job; at most `capacity` at a time."""
        ...

    def wait(self) -> Ended[Job, Done]:
        """Wait until a job has ended."""
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...


class InProcess(Generic[Job, Done]):
    """One job at a time, here: nothing is imported or compiled twice.

    Args:
        craft: How jobs are carried out.
        root: Folder of the project.
        world: Clock, environment and progress.
    """

    capacity = 1

    def __init__(self, craft: Craft[Job, Done], root: Path, world: World) -> None:
        self._craft = craft
        self._root = root
        self._world = world
        self._job: Job | None = None

    @property
    def running(self) -> int:
        """Jobs that were started and have not ended."""
        return int(self._job is not None)

    def start(self, job: Job) -> None:
        """Keep a job until somebody waits for it."""
        self._job = job

    def wait(self) -> Ended[Job, Done]:
        """Carry it out."""
        job = self._job
        assert job is not None

        def ask(kind: str, value: Any) -> Any:
            return self._craft.answer(job, kind, value)

        done = self._craft.perform(job, self._root, self._world, ask)
        self._job = None
        return Ended(job, done)

    def close(self) -> None:
        """Do nothing."""
