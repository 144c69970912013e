"""`qml report`: one run as one HTML file."""

import json
from pathlib import Path

from qml.files import write_text
from qml.records import RunFolder
from qml.records.metrics import read_metrics
from qml.report.html import Confusion, ReportDocument, render
from qml.tasks.answers import read_predictions
from qml.tasks.runs import show_document

CIRCUIT = "circuit.json"


def write_report(run: RunFolder, output: Path | None = None) -> Path:
    """Write the report of a run, finished or not.

    Args:
        run: The run.
        output: File to write; `report.html` of the run by default.

    Returns:
        The file.
    """
    path = output or run.report_path
    write_text(path, render(report_document(run)))
    return path


def report_document(run: RunFolder) -> ReportDocument:
    """Gather what the report shows."""
    shown = show_document(run)
    circuit = run.artifacts / CIRCUIT
    return ReportDocument(
        run_id=shown["run_id"],
        name=shown["name"],
        status=shown["status"],
        run_dir=shown["run_dir"],
        manifest=shown["manifest"],
        outcome=shown["outcome"],
        metrics=read_metrics(run.metrics_path) if run.metrics_path.exists() else [],
        confusion=_confusion(run),
        circuit=json.loads(circuit.read_text(encoding="utf-8")) if circuit.exists() else None,
    )


def _confusion(run: RunFolder) -> Confusion | None:
    answers = read_predictions(run)
    facts = run.artifacts / "model.json"
    if not answers or not facts.exists():
        return None
    classes = json.loads(facts.read_text(encoding="utf-8"))["preprocessor"]["classes"]
    matrix = [[0] * len(classes) for _ in classes]
    for _, label, predicted in answers:
        matrix[label][predicted] += 1
    return Confusion(classes=classes, matrix=matrix)
