"""A suite for tests, and its measurement; rows say by their name what their cells do.

Register it by entry points: `qml.suites.v1` and `qml.measurements.v1`, both as `fake`. A row's name
begins with what happens there: `alone` measures time, `fails` and `lacks` end with errors, `dies`
takes its process along, `slow` takes half a second; anything else just ends. Every begin and end is
a line in `measured.log` of the project.
"""

import os
import signal
import time
from collections.abc import Mapping
from typing import Any

from qml.benchmarking.base import Cell, Metric, Place, Suite, Wanted
from qml.benchmarking.measurements.base import Measured, Surroundings
from qml.errors import DataError, InterruptedRunError, MissingExtraError
from qml.files import append_line

NAME = "fake"
LOG = "measured.log"
ENTRY_POINTS = f"""\
[qml.suites.v1]
{NAME} = qml.testing.fake_suite
[qml.measurements.v1]
{NAME} = qml.testing.fake_suite
"""
COLUMNS = {"quantum": "quantum", "classical": "classical"}
SLOW, STEP = 0.5, 0.02


def build(wanted: Wanted) -> Suite:
    """Return the suite: any rows that are asked for, `a` and `b` where none are."""
    return Suite(
        name=NAME,
        title="a suite for tests",
        metric=Metric(key="score", title="score", better="more"),
        cells=[
            Cell(
                place=Place(NAME, model, row, "-", seed),
                role="quantum" if model == "quantum" else "classical",
                verb="measure",
                settings={
                    "measure.kind": NAME,
                    "measure.options": {"model": model, "row": row},
                },
                alone=row.startswith("alone"),
            )
            for row in wanted.data or ("a", "b")
            for model in wanted.models or tuple(COLUMNS)
            for seed in wanted.seeds
        ],
    )


def check(options: Mapping[str, Any]) -> None:
    """Accept anything."""
    del options


def measure(options: Mapping[str, Any], around: Surroundings) -> Measured:
    """Do what the row says.

    Raises:
        DataError: The row `fails`.
        MissingExtraError: The row `lacks` something.
        InterruptedRunError: Somebody asked to stop.
    """
    began, row, model = time.perf_counter(), options["row"], options["model"]
    _note(around, "begin", options)
    if row.startswith("fails"):
        raise DataError(f"{row} cannot be measured")
    if row.startswith("lacks"):
        raise MissingExtraError("a-package", extra="an-extra")
    if row.startswith("dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    until = time.monotonic() + (SLOW if row.startswith(("slow", "alone")) else 0.0)
    while time.monotonic() < until:
        if around.stop():
            raise InterruptedRunError("interrupted")
        time.sleep(STEP)
    _note(around, "end", options)
    score = len(row) + around.seed / 10 + (0.5 if model == "quantum" else 0.0)
    return Measured(
        metrics={"score": score, "took": time.perf_counter() - began},
        samples={"seconds": [0.1, 0.2]},
        timings=("took",),
    )


def _note(around: Surroundings, what: str, options: Mapping[str, Any]) -> None:
    line = f"{what} {options['row']}/{options['model']}/{around.seed} {os.getpid()}"
    append_line(around.root / LOG, line)
