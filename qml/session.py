"""The composition root: joins backend, run folder, tracker and everything else for one run."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from qml.errors import InterruptedRunError
from qml.ports import Clock, Progress, Silence, SystemClock
from qml.records import RunFolder
from qml.records.checkpoints import Checkpoints
from qml.records.metrics import MetricsWriter

if TYPE_CHECKING:  # numerical libraries load only once a run really starts
    from qml.backends.base import Backend
    from qml.config.sections import BackendSection
    from qml.execution.checkpoints import Saved
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.loop import Surroundings
    from qml.execution.stop import StopRequest
    from qml.tracking.base import Tracker


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A run with everything it works with.

    Attributes:
        run: Its folder.
        backend: Where circuits run.
        evaluator: What algorithms are handed.
        around: What the training loop talks to.
    """

    run: RunFolder
    backend: "Backend"
    evaluator: "BackendEvaluator"
    around: "Surroundings"


@contextmanager
def recorded(run: RunFolder, tracker: "Tracker", world: World) -> Iterator["StopRequest"]:
    """Give a run an end in the records, whatever happens inside.

    Success is the caller's to record; interruption and failure are recorded here.
    """
    from qml.execution.stop import StopRequest

    tracker.start(run.path, run.manifest())
    try:
        with StopRequest() as stop:
            yield stop
    except (InterruptedRunError, KeyboardInterrupt) as error:
        _close(run, tracker, world, "interrupted", error)
        hint = f"go on with: qml runs resume {run.id}"
        message = str(error) or "interrupted; the last checkpoint is kept"
        raise InterruptedRunError(message, hint=hint) from None
    except BaseException as error:
        _close(run, tracker, world, "failed", error)
        raise


@contextmanager
def open_session(
    run: RunFolder,
    section: "BackendSection",
    *,
    seed: int,
    per_epoch: int,
    tracker: "Tracker",
    stop: "StopRequest",
    world: World,
    root: Path,
) -> Iterator[Session]:
    """Open everything for one run, and close it again.

    Args:
        run: The run, locked by this process.
        section: `[backend]`, `auto` resolved.
        seed: Root of the sampling seeds.
        per_epoch: Steps of an epoch.
        tracker: Mirrors metrics.
        stop: Whether somebody asked to stop.
        world: Clock and progress.
        root: Folder of the project.
    """
    from qml.backends.registry import open_backend
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.journal import StepJournal
    from qml.execution.loop import Surroundings
    from qml.execution.meter import UsageMeter

    backend = open_backend(section, cache_folder(root, world.environ))
    meter = UsageMeter()
    evaluator = BackendEvaluator(
        backend,
        shots=section.shots,
        seed=seed,
        run=UUID(run.manifest()["uuid"]),
        meter=meter,
    )
    checkpoints = RunCheckpoints(run, world.progress)
    sink = MetricsSink(run, tracker, checkpoints)
    try:
        yield Session(
            run=run,
            backend=backend,
            evaluator=evaluator,
            around=Surroundings(
                checkpoints=checkpoints,
                journal=StepJournal(sink, per_epoch),
                progress=world.progress,
                clock=world.clock,
                stop=stop,
                begin=evaluator.begin,
            ),
        )
    finally:
        sink.close()
        backend.close()


class RunCheckpoints:
    """Checkpoints of a run folder; damaged ones are told of and passed over."""

    def __init__(self, run: RunFolder, progress: Progress) -> None:
        self._store = Checkpoints(run.checkpoints)
        self._progress = progress
        self._found: Saved | None = None
        self._looked = False

    def save(self, step: int, arrays: Mapping[str, Any], state: Mapping[str, Any]) -> object:
        """Write atomically."""
        return self._store.save(step, arrays, state)

    def latest(self) -> "Saved | None":
        """Return the newest whole checkpoint at the start of this session, or None."""
        if not self._looked:
            self._found, damaged = self._store.latest()
            self._looked = True
            for sentence in damaged:
                self._progress.say(f"warning: {sentence}")
        return self._found


class MetricsSink:
    """Writes metrics to the run folder and mirrors them."""

    def __init__(self, run: RunFolder, tracker: "Tracker", checkpoints: RunCheckpoints) -> None:
        found = checkpoints.latest()
        fresh = not run.metrics_path.exists()
        after = found.step if found else (None if fresh else 0)
        self._writer = MetricsWriter(run.metrics_path, after=after)
        self._tracker = tracker

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the rows."""
        for row in rows:
            values = {k: v for k, v in row.items() if k != "step"}
            self._writer.write(row["step"], values)
            self._tracker.metrics(row["step"], values)
        self._writer.flush()

    def close(self) -> None:
        """Make the file durable."""
        self._writer.close()


def cache_folder(root: Path, environ: Mapping[str, str]) -> Path | None:
    """Return the folder of compiled programs, or None where none can be written.

    `$QML_CACHE_DIR`, else the user's cache, else `.qml/cache` of the project.
    """
    named = environ.get("QML_CACHE_DIR")
    home = environ.get("XDG_CACHE_HOME") or (
        f"{environ['HOME']}/.cache" if environ.get("HOME") else None
    )
    candidates = [Path(named)] if named else []
    candidates += [Path(home) / "qml" / "jax"] if home else []
    candidates.append(root / ".qml" / "cache")
    return next((folder for folder in candidates if _writable(folder)), None)


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a read-only home or project: the next candidate is asked
        return False
    return os.access(folder, os.W_OK)


def _close(
    run: RunFolder, tracker: "Tracker", world: World, status: Any, error: BaseException
) -> None:
    """Record the end of a run that did not succeed."""
    manifest = run.finalise(status, stop_reason=type(error).__name__, error=error)
    mirror(tracker, manifest, world)


def mirror(tracker: "Tracker", manifest: Mapping[str, Any], world: World) -> None:
    """Let the tracker send what is left, and tell where it could not."""
    late = tracker.finish(manifest)
    if late:
        world.progress.say(late)
