"""The end of a benchmark: judgement, outcome, records."""

from dataclasses import asdict
from hashlib import sha256
from typing import Any

from qml.benchmarking.judging.judgement import judge
from qml.benchmarking.result import CellResult
from qml.errors import ExitCode
from qml.tasks.bench.desk import Desk
from qml.tasks.bench.loop import GOING_ON, Reason
from qml.tasks.bench.outcome import Benched
from qml.tracking.base import Tracker

STATES = ("ran", "cached", "skipped", "failed", "open")


def close(desk: Desk, results: list[CellResult], reason: Reason) -> Benched:
    """Judge what there is, and record it."""
    run = desk.run
    outcome = _outcome(desk, results, reason)
    run.write_document(run.outcome_path, outcome.document())
    run.finalise(
        "interrupted" if reason in GOING_ON else "finished",
        stop_reason=reason,
        backend={"name": desk.config.backend.name},
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        seeds={"root": desk.config.bench.seed, "derived": {}},
    )
    return outcome


def await_mirror(tracker: Tracker, desk: Desk) -> None:
    """Wait for what is left of mirroring; it went on beside the work."""
    if desk.config.tracking.name == "none":
        return
    with desk.world.progress.bar("mirroring the cells", None):
        late = tracker.settle()
    missing = [why for why in late.values() if why]
    if missing:
        desk.world.progress.say(f"{len(missing)} cells are not mirrored: {missing[0]}")


def _outcome(desk: Desk, results: list[CellResult], reason: Reason) -> Benched:
    suite, found = desk.suite, judge(desk.suite, results)
    counts = {state: sum(r.state == state for r in results) for state in STATES}
    return Benched(
        run_id=desk.run.id,
        name=desk.run.manifest()["name"],
        run_dir=str(desk.run.path),
        suite={
            "name": suite.name,
            "title": suite.title,
            "metric": suite.metric.document(),
            "also": [metric.document() for metric in suite.also],
            "cells": len(results),
        },
        cells=tuple(_row(result) for result in results),
        columns=found.columns,
        comparisons=found.comparisons,
        ranks=found.ranks,
        expected=found.expected,
        stopped=_stopped(desk.run.id, counts, reason),
        verdicts=found.verdicts,
        machine=_machine(desk),
        notes=(*suite.notes, *found.notes),
        metrics={"cells": len(results), **counts},
        verdict=found.verdict,
        cost=desk.purse.cost(),
    )


def _stopped(run_id: str, counts: dict[str, int], reason: Reason) -> dict[str, Any]:
    go_on = f"go on with: qml runs resume {run_id}"
    if reason == "interrupted":
        words, code = f"interrupted, {counts['open']:,} cells are open; {go_on}", 130
    elif reason == "budget":
        words = f"the money ended, {counts['open']:,} cells are open; {go_on} --max-cost AMOUNT"
        code = int(ExitCode.BUDGET)
    elif counts["failed"]:
        words = f"{counts['failed']:,} cells failed; the same command tries them once more"
        return {"reason": "failed", "words": words, "exit_code": int(ExitCode.CHECK_FAILED)}
    else:
        words, code = "all cells were dealt with", 0
    return {"reason": reason, "words": words, "exit_code": code}


def _machine(desk: Desk) -> dict[str, Any]:
    """Return what times depend on, so that those of other machines are not held against them."""
    environment = desk.run.manifest()["environment"]
    return {key: environment.get(key) for key in ("cpu", "cores", "machine", "os")}


def _rows_digest(result: CellResult) -> str | None:
    """Return what is the same where the same rows were answered."""
    if result.rows is None:
        return None
    of = (result.rows_of or "").encode()
    return sha256(of + result.rows.astype("<i8").tobytes()).hexdigest()[:24]


def _row(result: CellResult) -> dict[str, Any]:
    correct = result.correct
    return {
        **result.cell.place._asdict(),
        "role": result.cell.role,
        "verb": result.cell.verb,
        "alone": result.cell.alone,
        "state": result.state,
        "why": result.why,
        "run_id": result.run_id,
        "metrics": dict(result.metrics),
        "timings": list(result.timings),
        "samples": {name: list(values) for name, values in result.samples.items()},
        "correct": None if correct is None else "".join("01"[int(right)] for right in correct),
        "rows": _rows_digest(result),
        "rows_of": result.rows_of,
        "resources": dict(result.facts.get("resources") or {}),
        "usage": dict(result.facts.get("usage") or {}),
        "cost": None if result.cost is None else dict(result.cost),
        "seconds": round(result.seconds, 4),
    }
