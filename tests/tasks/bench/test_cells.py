"""Cells as runs of their own: what is read of them, and what a replay compares."""

import jsonschema
import pytest

from qml.benchmarking.base import Cell, Place
from qml.records import RunFolder
from qml.report import schemas
from qml.tasks.answers import write_predictions
from qml.tasks.bench.reading import read
from qml.tasks.replay import replay
from qml.tasks.runs import require_outcome


def test_a_measured_cell_replays_though_its_clock_does_not(project):
    done = project.run(data="['a']", models="['quantum']")
    run = RunFolder(project.root / "runs" / done["cells"][0]["run_id"])
    found = replay(run, project.root, project.world)
    again = RunFolder(project.root / "runs" / found["replay_run_id"])
    before, after = require_outcome(run), require_outcome(again)
    jsonschema.validate(before, schemas.load(before["schema"]))
    assert before["timings"] == ["took"]
    assert before["metrics"]["took"] != after["metrics"]["took"]
    assert (found["verdict"], found["first_difference"]) == ("identical", None)


@pytest.mark.parametrize("answers", [[(7, 0, 0), (3, 1, 0)], []])
def test_a_cell_says_of_which_data_its_rows_are(tmp_path, answers):
    run = RunFolder.create(tmp_path, name=None, config={}, command="rival")
    run.artifacts.mkdir(exist_ok=True)
    if answers:
        write_predictions(run, answers)
    run.write_document(run.outcome_path, {"metrics": {"test_accuracy": 0.5}})
    run.finalise("finished", data={"source": {}, "digests": {"data": "d1", "test": "t1"}})
    run.release()
    place = Place("demo", "svc", "d", "-", 0)
    found = read(Cell(place=place, role="classical", verb="rival", settings={}), run, "ran", "", 1)
    if answers:
        assert (found.rows.tolist(), found.correct.tolist()) == ([3, 7], [False, True])
        assert found.rows_of == "d1"
    else:
        assert (found.rows, found.correct, found.rows_of) == (None, None, None)
