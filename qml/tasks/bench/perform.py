"""Carry out one cell: find its run or make one, work, read what it came to."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qml.benchmarking.base import Cell, Suite
from qml.benchmarking.result import CellResult
from qml.config import Config, Loaded, runs_folder
from qml.errors import QmlError
from qml.records import RunFolder
from qml.session import World
from qml.tasks import carry
from qml.tasks.bench import cache
from qml.tasks.bench.matrix import cell_config
from qml.tasks.runs import require_outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all cells of a benchmark share.

    Attributes:
        run: The benchmark's run.
        suite: The suite.
        config: Configuration of the benchmark.
        root: Folder of the project.
        world: Clock, environment and progress.
    """

    run: RunFolder
    suite: Suite
    config: Config
    root: Path
    world: World


def perform(cell: Cell, desk: Desk) -> CellResult:
    """Carry a cell out, or take it from the cache."""
    started = time.monotonic()
    try:
        config = cell_config(cell, desk.suite, desk.config)
        entry = cache.find(cell, config, desk.root)
        if entry.run_id is not None and _finished(entry.run_id, config, desk):
            return read(cell, _folder(entry.run_id, config, desk), "cached")
        run = _work(cell, config, entry, desk)
    except QmlError as error:
        return CellResult(cell=cell, state="failed", why=error.message)
    found = read(cell, run, "ran", why=entry.why)
    return _timed(found, time.monotonic() - started)


def read(cell: Cell, run: RunFolder, state: Any, why: str = "") -> CellResult:
    """Read what the run of a cell came to."""
    import numpy as np

    from qml.tasks.answers import read_predictions

    outcome = require_outcome(run)
    answers = read_predictions(run)
    skipped = outcome.get("skipped")
    return CellResult(
        cell=cell,
        state="skipped" if skipped else state,
        why=skipped or why,
        run_id=run.id,
        metrics=outcome["metrics"],
        samples=outcome.get("samples", {}),
        facts={k: outcome[k] for k in ("facts", "settings", "options") if k in outcome},
        correct=np.array([y == p for _, y, p in answers], dtype=bool) if answers else None,
        rows=np.array([row for row, _, _ in answers], dtype=np.int64) if answers else None,
    )


def _work(cell: Cell, config: Config, entry: cache.Entry, desk: Desk) -> RunFolder:
    from qml.tasks.commands import command_of

    if entry.run_id is not None:
        run = _folder(entry.run_id, config, desk)
        run.take()
    else:
        run = carry.begin(
            Loaded(config=config, origins={}, root=desk.root, file=None),
            cell.verb,
            name=None,
            world=desk.world,
            parent=desk.run.id,
        )
        cache.remember(entry, cell, config, run.id)
    command_of(run).run(run, config, desk.root, desk.world)
    return run


def _finished(run_id: str, config: Config, desk: Desk) -> bool:
    return _folder(run_id, config, desk).manifest()["status"] == "finished"


def _folder(run_id: str, config: Config, desk: Desk) -> RunFolder:
    return RunFolder(runs_folder(config, desk.root) / run_id)


def _timed(found: CellResult, seconds: float) -> CellResult:
    from dataclasses import replace

    return replace(found, seconds=seconds)
