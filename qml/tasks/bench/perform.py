"""Carry out one cell in this process: take its run or make one, work, and say how it ended."""

import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qml.config import Config, Loaded
from qml.errors import BudgetError, InterruptedRunError, MissingExtraError, QmlError, SkippedError
from qml.execution.stop import StopRequest
from qml.files import write_text
from qml.records import RunFolder, Scrubber
from qml.session import World, cap_run
from qml.tasks import carry
from qml.tasks.bench import cache
from qml.tasks.bench.jobs import BORN, Done, Job, State
from qml.tasks.commands import command_named, command_of
from qml.tasks.fleet.executors import Ask
from qml.tasks.fleet.hushed import Hushed
from qml.tasks.fleet.waiting import await_end
from qml.tasks.money import configuration_of

TRACEBACK = "traceback.txt"
"""File in the run of a cell that failed by an error which qml does not know."""
BUG = 70
STATES: dict[type[QmlError], State] = {
    MissingExtraError: "skipped",
    SkippedError: "skipped",
    InterruptedRunError: "interrupted",
    BudgetError: "budget",
}
"""How a cell ended that an error of this kind ended; the others failed."""


def perform(job: Job, root: Path, world: World, ask: Ask) -> Done:
    """Carry a cell out, or take what another process made of it meanwhile.

    Whatever goes wrong inside ends this cell and not the benchmark.
    """
    started = time.monotonic()
    with StopRequest() as stop:
        done = _guarded(job, root, world, ask, lambda: stop.requested)
    why = Scrubber(world.environ).text(done.why)
    return replace(done, why=why, seconds=time.monotonic() - started)


def _guarded(job: Job, root: Path, world: World, ask: Ask, stop: Callable[[], bool]) -> Done:
    told: list[str] = []

    def born(run_id: str) -> None:
        told.append(run_id)
        ask(BORN, run_id)

    try:
        return _performed(job, root, world, born, stop)
    except QmlError as error:
        state: State = next(
            (name for kind, name in STATES.items() if isinstance(error, kind)), "failed"
        )
        said = f"{error.message} ({error.hint})" if error.hint else error.message
        return Done(state=state, run_id=_last(told), why=said, exit_code=int(error.exit_code))
    except KeyboardInterrupt:  # the second Ctrl-C, where no run was open to hear it
        return Done(state="interrupted", run_id=_last(told), why="interrupted")
    except Exception as error:  # noqa: BLE001 - a cell may run code of the user's that fails anyhow
        if told:
            text = Scrubber(world.environ).text(traceback.format_exc())
            write_text(job.cells.runs / told[-1] / TRACEBACK, text)
        said = f"{type(error).__name__}: {error}"
        return Done(state="failed", run_id=_last(told), why=said, exit_code=BUG)


def _performed(
    job: Job, root: Path, world: World, born: Callable[[str], None], stop: Callable[[], bool]
) -> Done:
    inside = replace(world, progress=Hushed(world.progress), within=job.cells.runs / job.parent)
    with cache.held(job.cells, job.place, stop):
        entry = cache.find(job.cells, job.place, job.content)
        opened = _open(job, entry, root, inside, stop)
        if opened is None:
            return Done(state="cached", run_id=entry.run_id)
        run, config = opened
        born(run.id)
        _work(run, config, root, inside)
        _share(job, run.id)
    return Done(state="ran", run_id=run.id, why=entry.why)


def _open(
    job: Job, entry: cache.Entry, root: Path, world: World, stop: Callable[[], bool]
) -> tuple[RunFolder, Config] | None:
    """Take the run that was begun for it, or make one; None where it is finished already."""
    if entry.finished:
        return None
    if entry.run_id is None:
        return _made(job, entry, root, world)
    run = RunFolder(job.cells.runs / entry.run_id)
    await_end(run, stop)
    if cache.find(job.cells, job.place, job.content).finished:
        return None
    run.take()
    if job.most is not None:
        cap_run(run, job.most, job.config, root, world)
    return run, configuration_of(run, root, world.environ)


def _made(job: Job, entry: cache.Entry, root: Path, world: World) -> tuple[RunFolder, Config]:
    loaded = Loaded(config=job.config, origins={}, root=root, file=None)
    if job.paid:
        loaded = command_named(job.verb).offer(loaded, world).loaded
    run = carry.begin(loaded, job.verb, name=None, world=world, parent=job.parent, most=job.most)
    cache.remember(entry, job.place, job.content, run.id)
    return run, loaded.config


def _share(job: Job, run_id: str) -> None:
    """Let later benchmarks find it, where this one keeps cells of its own."""
    if job.shared == job.cells.folder:
        return
    others = replace(job.cells, folder=job.shared)
    cache.remember(cache.find(others, job.place, job.content), job.place, job.content, run_id)


def _work(run: RunFolder, config: Config, root: Path, world: World) -> None:
    """Carry the command out; what it found before it was interrupted is no outcome of a cell."""
    outcome = command_of(run).run(run, config, root, world).document()
    if outcome.get("interrupted"):
        run.finalise("interrupted", stop_reason="interrupted")
        raise InterruptedRunError("interrupted; what was found so far is in its run")


def _last(told: list[str]) -> str | None:
    return told[-1] if told else None
