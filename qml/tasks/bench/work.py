"""A benchmark from its first cell to its outcome, once its run is open."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from qml.benchmarking.judging.judgement import judge
from qml.benchmarking.result import CellResult
from qml.config import Config
from qml.execution.stop import StopRequest
from qml.records import RunFolder
from qml.results.outcome import Cost
from qml.session import World
from qml.tasks.bench.matrix import suite_of
from qml.tasks.bench.outcome import Benched
from qml.tasks.bench.perform import Desk, perform
from qml.tasks.fleet.hushed import Hushed


def bench(run: RunFolder, config: Config, root: Path, stop: StopRequest, world: World) -> Benched:
    """Carry the cells out, judge, record."""
    suite = suite_of(config)
    quiet = World(environ=world.environ, progress=Hushed(world.progress), clock=world.clock)
    desk = Desk(run=run, suite=suite, config=config, root=root, world=quiet)
    results = []
    with world.progress.bar(f"suite {suite.name}", len(suite.cells)) as bar:
        for cell in suite.cells:
            if stop.requested:
                results.append(CellResult(cell=cell, state="open", why="not begun"))
                continue
            results.append(perform(cell, desk))
            bar.advance(1, cell=str(cell.place))
    outcome = _outcome(run, desk, results)
    run.write_document(run.outcome_path, outcome.document())
    run.finalise(
        "finished",
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        seeds={"root": config.bench.seed, "derived": {}},
    )
    return outcome


def _outcome(run: RunFolder, desk: Desk, results: list[CellResult]) -> Benched:
    suite = desk.suite
    found = judge(suite, results)
    states = ("ran", "cached", "skipped", "failed", "open")
    counts = {state: sum(r.state == state for r in results) for state in states}
    return Benched(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        suite={
            "name": suite.name,
            "title": suite.title,
            "metric": asdict(suite.metric),
            "also": [asdict(m) for m in suite.also],
        },
        cells=tuple(_row(result) for result in results),
        columns=found.columns,
        comparisons=found.comparisons,
        ranks=found.ranks,
        expected=found.expected,
        stopped={"reason": "done", "exit_code": 0},
        notes=(*suite.notes, *found.notes),
        metrics={"cells": len(results), **counts},
        verdict=found.verdict,
        cost=Cost(),
    )


def _row(result: CellResult) -> dict[str, Any]:
    return {
        **result.cell.place._asdict(),
        "role": result.cell.role,
        "verb": result.cell.verb,
        "state": result.state,
        "why": result.why,
        "run_id": result.run_id,
        "metrics": dict(result.metrics),
        "seconds": result.seconds,
    }
