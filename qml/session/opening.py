"""Opens everything that one run works with, and closes it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from qml.records import RunFolder
from qml.session.cache import cache_folder
from qml.session.stores import MetricsSink, RunCheckpoints
from qml.session.world import World
from qml.tracking.base import Tracker

if TYPE_CHECKING:  # numerical libraries load only once a run really starts
    from qml.backends.base import Backend
    from qml.config.sections import BackendSection
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.loop import Surroundings
    from qml.execution.stop import StopRequest


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
def open_session(
    run: RunFolder,
    section: "BackendSection",
    *,
    seed: int,
    per_epoch: int,
    tracker: Tracker,
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
    from qml.execution.direct import DirectRunner
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.loop import Surroundings
    from qml.execution.meter import UsageMeter
    from qml.execution.steps import StepJournal

    backend = open_backend(section, cache_folder(root, world.environ))
    meter = UsageMeter()
    runner = DirectRunner(backend, run=UUID(run.manifest()["uuid"]), meter=meter)
    evaluator = BackendEvaluator(backend, runner, shots=section.shots, seed=seed)
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
                meter=meter,
            ),
        )
    finally:
        sink.close()
        backend.close()
