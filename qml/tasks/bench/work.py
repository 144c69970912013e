"""A benchmark from its first cell to its outcome, once its run is open."""

from pathlib import Path

from qml.benchmarking.result import CellResult
from qml.config import Config, runs_folder
from qml.errors import QmlError
from qml.execution.stop import StopRequest
from qml.records import RunFolder
from qml.session import World
from qml.tasks.bench.closing import await_mirror, close
from qml.tasks.bench.desk import Desk, open_desk
from qml.tasks.bench.jobs import Done, Job
from qml.tasks.bench.loop import Loop
from qml.tasks.bench.matrix import suite_of
from qml.tasks.bench.outcome import Benched
from qml.tasks.bench.perform import perform
from qml.tasks.bench.reading import read
from qml.tasks.fleet.executors import Craft, Executor, InProcess
from qml.tracking.base import Tracker


def bench(
    run: RunFolder, config: Config, root: Path, tracker: Tracker, stop: StopRequest, world: World
) -> Benched:
    """Carry the cells out, judge, record."""
    suite = suite_of(config)
    desk = open_desk(run, suite, config, root, world, stop)
    executor = _executor(desk)
    try:
        with world.progress.bar(f"suite {suite.name}", len(suite.cells)) as bar:
            loop = Loop(desk, executor, bar, tracker)
            loop.run()
    finally:
        executor.close()
    with world.progress.bar("judging", None):
        results = [_result(number, desk, loop) for number in range(len(suite.cells))]
        outcome = close(desk, results, loop.reason)
    await_mirror(tracker, desk)
    return outcome


def _executor(desk: Desk) -> Executor[Job, Done]:
    craft = Craft(perform=perform, answer=desk.answer, lost=desk.lost)
    parallel = min(desk.config.bench.parallel, max(1, len(desk.suite.cells)))
    if parallel == 1:
        return InProcess(craft, desk.root, desk.world)
    from qml.tasks.fleet.pool import Pool

    return Pool(parallel, craft, desk.root, desk.world, lambda: desk.stop.requested)


def _result(number: int, desk: Desk, loop: Loop) -> CellResult:
    """Return how a cell ended, with its numbers."""
    cell, done = desk.suite.cells[number], loop.done.get(number)
    if done is None:
        why = "no money is left" if loop.reason == "budget" else "not begun"
        return CellResult(cell=cell, state="open", why=why)
    if done.state in {"ran", "cached"}:
        run = RunFolder(runs_folder(desk.config, desk.root) / (done.run_id or ""))
        try:
            return read(cell, run, done.state, done.why, done.seconds)
        except QmlError as error:
            done = Done(state="failed", run_id=done.run_id, why=error.message)
    state = done.state if done.state in {"skipped", "failed"} else "open"
    return CellResult(
        cell=cell,
        state=state,
        why=done.why,
        run_id=done.run_id,
        seconds=done.seconds,
    )
