"""From a run folder to the documents of reports."""

import pytest

from qml.errors import RunError
from qml.files import write_json, write_text
from qml.records import RunFolder
from qml.records.metrics import MetricsWriter
from qml.report.gather import CIRCUIT, report_document, run_document
from qml.report.html import render
from qml.report.tables import run_table
from tests.report.markup_checks import assert_fetches_nothing


@pytest.fixture
def run(tmp_path):
    folder = RunFolder.create(
        tmp_path / "runs", name="first", config={"train": {"seed": 0}}, command="train"
    )
    yield folder
    folder.release()


def _finish(run, outcome):
    with MetricsWriter(run.metrics_path) as metrics:
        metrics.write(1, {"epoch": 1, "loss": 2.0, "accuracy": 0.5})
        metrics.write(2, {"epoch": 1, "loss": 1.0, "accuracy": 0.75})
    write_json(run.artifacts / "model.json", {"preprocessor": {"classes": ["cat", "dog"]}})
    rows = ["row,label,predicted", "7,0,0", "8,0,1", "9,1,1", "12,1,1"]
    write_text(run.artifacts / "test_predictions.csv", "\n".join(rows) + "\n")
    gates = [{"name": "ry", "wires": [0], "params": ["x0"], "role": "input"}]
    write_json(run.artifacts / CIRCUIT, {"wires": 1, "gates": gates})
    run.write_document(run.outcome_path, outcome | {"run_id": run.id})
    run.finalise("finished", stop_reason="epochs", metrics=outcome["metrics"])


def test_a_new_run_has_a_document_and_a_page(run, check, rendered):
    document = run_document(run)
    check(document)
    assert document["status"] == "running"
    assert document["outcome"] is None
    assert not document["resumable"]
    assert "running" in rendered(run_table(document), 80)
    assert_fetches_nothing(render(report_document(run)))


def test_a_killed_run_can_be_resumed(run):
    run.finalise("killed", stop_reason="its process died")
    assert run_document(run)["resumable"]


def test_a_finished_run_is_gathered_whole(run, check, train_document):
    _finish(run, train_document)
    check(run_document(run))
    document = report_document(run)
    assert document["confusion"] == {"classes": ["cat", "dog"], "matrix": [[1, 1], [0, 2]]}
    assert [row["loss"] for row in document["metrics"]] == [2.0, 1.0]
    assert document["circuit"]["wires"] == 1
    page = render(document)
    assert_fetches_nothing(page)
    assert "cat as dog: 1" in page
    assert "3 of 4 test rows are on the diagonal" in page


def test_a_damaged_manifest_is_an_error(run):
    run.manifest_path.write_text("{")
    with pytest.raises(RunError):
        run_document(run)
