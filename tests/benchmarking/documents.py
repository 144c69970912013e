"""Documents `qml.bench/1` of simulated benchmarks, as the task writes them."""

from hashlib import sha256

import numpy as np

from qml.benchmarking.judging.judgement import judge
from tests.benchmarking.worlds import suite

MACHINE = {"cpu": "simulated", "cores": 2, "machine": "x86_64", "os": "Linux"}
METRIC = {
    "key": "test_accuracy",
    "title": "accuracy",
    "better": "more",
    "unit": "",
    "paired": "rows",
}


def bench_document(results, *, metric=METRIC, machine=MACHINE, gates=64, billed="0.00"):
    """Return the document of results of `tests.benchmarking.worlds`."""
    found = judge(suite(results), results)
    states = ("ran", "cached", "skipped", "failed", "open")
    counts = {state: sum(r.state == state for r in results) for state in states}
    return {
        "schema": "qml.bench/1",
        "run_id": "20261121-100312-a1b2c3",
        "name": None,
        "run_dir": "runs/20261121-100312-a1b2c3",
        "suite": {"name": "demo", "title": "demo", "metric": metric, "also": [], "cells": 1},
        "cells": [cell_row(r, gates, billed) for r in results],
        "columns": list(found.columns),
        "comparisons": list(found.comparisons),
        "ranks": found.ranks,
        "expected": list(found.expected),
        "stopped": {"reason": "done", "words": "all cells were dealt with", "exit_code": 0},
        "verdicts": list(found.verdicts),
        "machine": machine,
        "notes": list(found.notes),
        "metrics": {"cells": len(results), **counts},
        "verdict": found.verdict,
        "cost": {"estimated": "0.00", "billed": billed, "currency": "USD"},
    }


def cell_row(result, gates=64, billed="0.00"):
    quantum = result.cell.role in {"quantum", "twin"}
    correct, rows = result.correct, result.rows
    told = None if rows is None else (result.rows_of or "", *np.asarray(rows).tolist())
    digest = None if told is None else sha256(repr(told).encode()).hexdigest()[:24]
    return {
        **result.cell.place._asdict(),
        "role": result.cell.role,
        "verb": result.cell.verb,
        "alone": False,
        "state": result.state,
        "why": result.why,
        "run_id": result.run_id,
        "metrics": dict(result.metrics),
        "timings": list(result.timings),
        "samples": {name: list(values) for name, values in result.samples.items()},
        "correct": None if correct is None else "".join("01"[int(c)] for c in correct),
        "rows": digest,
        "rows_of": result.rows_of,
        "resources": {"two_qubit": gates} if quantum else {},
        "usage": {"shots": 0} if quantum else {},
        "cost": {"estimated": billed, "billed": billed, "currency": "USD"},
        "seconds": 0.5,
    }
