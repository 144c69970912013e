"""Opens everything that one run works with, and closes it again."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from qml.config import Config
from qml.records import RunFolder
from qml.session.buying import open_buyer
from qml.session.cache import cache_folder
from qml.session.stores import MetricsSink, RunCheckpoints
from qml.session.world import World
from qml.tracking.base import Tracker

if TYPE_CHECKING:  # numerical libraries load only once a run really starts
    from qml.backends.base import Backend
    from qml.execution.evaluator import BackendEvaluator, Runner
    from qml.execution.loop import Surroundings
    from qml.execution.meter import Meter
    from qml.execution.stop import StopRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Access of a run to the backend that its configuration names.

    Attributes:
        backend: Where circuits run.
        evaluator: What algorithms are handed.
        meter: What was used so far.
        facts: What a person who watches wants to know, e.g. what was spent.
        finish: Called when all work is done: drops what was intended and is not needed any more.
    """

    backend: "Backend"
    evaluator: "BackendEvaluator"
    meter: "Meter"
    facts: Callable[[], dict[str, str]]
    finish: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A training with everything it works with.

    Attributes:
        run: Its folder.
        backend: Where circuits run.
        evaluator: What algorithms are handed.
        around: What the training loop talks to.
        finish: Called when all work is done: drops what was intended and is not needed any more.
    """

    run: RunFolder
    backend: "Backend"
    evaluator: "BackendEvaluator"
    around: "Surroundings"
    finish: Callable[[], None]


@contextmanager
def open_access(
    run: RunFolder,
    config: Config,
    *,
    seed: int,
    stop: "StopRequest",
    world: World,
    root: Path,
) -> Iterator[Access]:
    """Open the backend of a run, and close it again.

    Args:
        run: The run, locked by this process.
        config: Configuration, `[backend]` resolved.
        seed: Root of the sampling seeds.
        stop: Whether somebody asked to stop.
        world: Clock and progress.
        root: Folder of the project.
    """
    from qml.backends.registry import open_backend
    from qml.execution.meter import UsageMeter
    from qml.execution.mitigated import open_evaluator

    with ExitStack() as opened:
        backend = open_backend(config.backend, cache_folder(root, world.environ), world.environ)
        opened.callback(backend.close)
        meter = UsageMeter()
        runner = opened.enter_context(
            open_runner(
                run,
                backend,
                config,
                trail=run.submissions_path,
                meter=meter,
                stop=stop,
                world=world,
                root=root,
            )
        )
        yield Access(
            backend=backend,
            evaluator=open_evaluator(config, backend, runner, seed=seed),
            meter=meter,
            facts=runner.facts,
            finish=runner.finish,
        )


@contextmanager
def open_session(
    run: RunFolder,
    config: Config,
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
        config: Configuration, `[backend]` resolved.
        seed: Root of the sampling seeds.
        per_epoch: Steps of an epoch.
        tracker: Mirrors metrics.
        stop: Whether somebody asked to stop.
        world: Clock and progress.
        root: Folder of the project.
    """
    from qml.execution.loop import Surroundings
    from qml.execution.steps import StepJournal

    with ExitStack() as opened:
        access = opened.enter_context(
            open_access(run, config, seed=seed, stop=stop, world=world, root=root)
        )
        checkpoints = RunCheckpoints(run, world.progress)
        sink = MetricsSink(run, tracker, checkpoints)
        opened.callback(sink.close)
        yield Session(
            run=run,
            backend=access.backend,
            evaluator=access.evaluator,
            finish=access.finish,
            around=Surroundings(
                checkpoints=checkpoints,
                journal=StepJournal(sink, per_epoch),
                progress=world.progress,
                clock=world.clock,
                stop=stop,
                begin=access.evaluator.begin,
                meter=access.meter,
                facts=access.facts,
            ),
        )


@contextmanager
def open_runner(
    run: RunFolder,
    backend: "Backend",
    config: Config,
    *,
    trail: Path,
    meter: "Meter",
    stop: "StopRequest | None",
    world: World,
    root: Path,
) -> Iterator["Runner"]:
    """Open what brings work to a backend: straight where it is free and here, else a buyer."""
    from qml.backends.annealer import is_annealer
    from qml.backends.remote import is_remote
    from qml.execution.direct import DirectRunner
    from qml.execution.embedded import EmbeddedRunner
    from qml.execution.packed import PackedRunner

    if not is_remote(backend):
        yield DirectRunner(backend, run=UUID(run.manifest()["uuid"]), meter=meter)
        return
    with open_buyer(
        run, backend, config, trail=trail, meter=meter, stop=stop, world=world, root=root
    ) as buyer:
        if is_annealer(backend):
            yield EmbeddedRunner(buyer, backend)
        elif config.backend.pack:
            yield PackedRunner(buyer, backend.capabilities.qubits)
        else:
            yield buyer
