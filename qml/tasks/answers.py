"""Answers for the test rows, row by row: what paired tests and the confusion matrix need."""

import csv
from collections.abc import Iterable

from qml.files import write_text
from qml.records import RunFolder
from qml.report.gather import PREDICTIONS


def write_predictions(run: RunFolder, rows: Iterable[tuple[int, int, int]]) -> None:
    """Write row number, label and prediction of every test row."""
    lines = ["row,label,predicted", *(f"{i},{y},{p}" for i, y, p in rows)]
    write_text(run.artifacts / PREDICTIONS, "\n".join(lines) + "\n")


def read_predictions(run: RunFolder) -> list[tuple[int, int, int]]:
    """Return row, label and prediction of every test row; empty where the run kept none."""
    path = run.artifacts / PREDICTIONS
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            (int(r["row"]), int(r["label"]), int(r["predicted"])) for r in csv.DictReader(stream)
        ]
