"""What all cells of a benchmark share, and how a cell becomes a job."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qml.benchmarking.base import Cell, Suite
from qml.config import Config, runs_folder
from qml.errors import DataError, UsageError
from qml.execution.stop import StopRequest
from qml.records import RunFolder
from qml.session import World
from qml.tasks.bench import cache
from qml.tasks.bench.content import content_of
from qml.tasks.bench.jobs import BORN, Done, Job
from qml.tasks.bench.matrix import cell_config
from qml.tasks.bench.paid import PaidRuns
from qml.tasks.carry import leaves_this_machine, may_buy
from qml.tasks.fleet.purse import Purse

BUYING = frozenset({"train", "sample"})
"""Commands that may buy; the others plan, measure and train on this machine."""


LEARNING = frozenset({"train", "rival"})
"""Commands that read `[data]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all cells of a benchmark share.

    Attributes:
        run: The benchmark's run.
        suite: The suite.
        config: Configuration of the benchmark.
        root: Folder of the project.
        world: Clock, environment and progress.
        stop: Whether somebody asked to stop.
        purse: Money.
        paid: Runs that this benchmark has paid for.
        born: Runs of cells by number, as they are made or taken.
    """

    run: RunFolder
    suite: Suite
    config: Config
    root: Path
    world: World
    stop: StopRequest
    purse: Purse
    paid: PaidRuns
    born: dict[int, str] = field(default_factory=dict)

    def answer(self, job: Job, kind: str, value: Any) -> None:
        """Take note of the run of a cell; nothing was bought before."""
        if kind != BORN:
            return
        self.born[job.number] = value
        if job.paid:
            self.paid.add(value)
            self.purse.born(job.number, value)

    def lost(self, job: Job, why: str) -> Done:
        """Tell how a cell ended whose process died."""
        state = "interrupted" if self.stop.requested else "failed"
        return Done(state=state, run_id=self.born.get(job.number), why=why)  # type: ignore[arg-type]


def open_desk(
    run: RunFolder, suite: Suite, config: Config, root: Path, world: World, stop: StopRequest
) -> Desk:
    """Lay out what the cells of a benchmark share."""
    paid = PaidRuns(run)
    purse = Purse(config, root, world, run.id, paid.all, paid=False, whose="the benchmark's")
    return Desk(
        run=run,
        suite=suite,
        config=config,
        root=root,
        world=world,
        stop=stop,
        purse=purse,
        paid=paid,
    )


def job_of(
    number: int, cell: Cell, suite: Suite, config: Config, root: Path, run: RunFolder | None
) -> Job:
    """Make the job of a cell.

    Args:
        number: Its place in the table.
        cell: The cell.
        suite: Its suite.
        config: Configuration of the benchmark.
        root: Folder of the project.
        run: The benchmark's run; None where nothing is to be run.

    Raises:
        ConfigError: The suite set a key that does not exist, or a value that does not fit.
        UsageError: It names a backend that may cost money and that nobody agreed to.
        DataError: There is no such file.
    """
    own = cell_config(cell, suite, config)
    paid = cell.verb in BUYING and leaves_this_machine(own)
    if paid and not may_buy(config, "bench"):
        raise UsageError(
            f"the suite runs {cell.place} on `{own.backend.name}`, which was not asked for",
            hint=f"--backends {own.backend.name}",
        )
    if own.data.path is not None and cell.verb in LEARNING:
        require_file(own.data.path, root)
    runs, shared = runs_folder(config, root), root / cache.FOLDER
    mine = config.bench.fresh and run is not None
    folder = run.path / "cells" if mine and run is not None else shared
    return Job(
        number=number,
        place=str(cell.place),
        verb=cell.verb,
        config=own,
        content=content_of(cell.verb, own, root, timed=cell.alone),
        parent="" if run is None else run.id,
        cells=cache.Cells(folder=folder, runs=runs),
        shared=shared,
        paid=paid,
    )


def require_file(path: str, root: Path) -> None:
    """Refuse data that is not there, before anything is made or spent.

    Raises:
        DataError: There is no such file.
    """
    if not (root / Path(path).expanduser()).exists():
        raise DataError(f"there is no file {path}", hint="paths begin at the project's folder")
