"""From a run folder to the documents that tell of it."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.report.html.document import Confusion, ReportDocument

if TYPE_CHECKING:
    from qml.records import RunFolder

CIRCUIT = "circuit.json"
MODEL = "model.json"
PREDICTIONS = "test_predictions.csv"


def run_document(run: "RunFolder") -> dict[str, Any]:
    """Return `qml.run/1` of a run.

    Raises:
        RunError: Its manifest cannot be read.
    """
    from qml.records import RESUMABLE

    manifest = dict(run.manifest())
    return {
        "schema": "qml.run/1",
        "run_id": run.id,
        "name": manifest["name"],
        "status": manifest["status"],
        "run_dir": str(run.path),
        "seconds": manifest["duration"],
        "resumable": manifest["status"] in RESUMABLE,
        "manifest": manifest,
        "outcome": _read(run.outcome_path),
    }


def report_document(run: "RunFolder") -> ReportDocument:
    """Return what the HTML report of a run is made of.

    Raises:
        RunError: Its manifest cannot be read.
    """
    from qml.records.metrics import read_metrics

    found = run_document(run)
    return {
        "run_id": run.id,
        "name": found["name"],
        "status": found["status"],
        "run_dir": found["run_dir"],
        "manifest": found["manifest"],
        "outcome": found["outcome"],
        "metrics": read_metrics(run.metrics_path),
        "confusion": _confusion(run.artifacts),
        "circuit": _read(run.artifacts / CIRCUIT),
    }


def _confusion(artifacts: Path) -> Confusion | None:
    model, predictions = _read(artifacts / MODEL), artifacts / PREDICTIONS
    if model is None or not predictions.exists():
        return None
    classes: list[str] = model["preprocessor"]["classes"]
    with predictions.open(encoding="utf-8", newline="") as stream:
        seen = Counter((int(r["label"]), int(r["predicted"])) for r in csv.DictReader(stream))
    codes = range(len(classes))
    return {"classes": classes, "matrix": [[seen[i, j] for j in codes] for i in codes]}


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
