"""Runs that a run is made of are mirrored beside the work, by the process that is there."""

import time

import pytest

from qml.records import RunFolder
from qml.tracking import UNSYNCED, open_tracker, unsynced
from qml.tracking.mlflow.members import AHEAD

# MLflow 3.17 uses a loader strategy that SQLAlchemy 2.1 deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:The ``noload`` loader strategy:DeprecationWarning")


@pytest.fixture
def members(project):
    """Make runs that have ended."""

    def make(count):
        found = []
        for number in range(count):
            run = RunFolder.create(project / "runs", name=None, config={}, command="rival")
            run.finalise("finished", metrics={"test_accuracy": number / 10})
            run.release()
            found.append(run)
        return found

    return make


def accuracies(client, experiment, runs):
    wanted = [f"tags.`qml.uuid` = '{run.manifest()['uuid']}'" for run in runs]
    found = [run for one in wanted for run in client.search_runs([experiment], one)]
    assert {run.info.status for run in found} == {"FINISHED"}
    return [run.data.metrics["test_accuracy"] for run in found]


def test_members_are_sent_once_each(client, experiment, run, finish, settings, members):
    tracker = open_tracker("mlflow", settings())
    tracker.start(run.path, run.manifest())
    cells = members(4)
    for cell in cells[:2]:
        tracker.also(cell.path)
    assert tracker.settle() == {cell.id: None for cell in cells[:2]}
    assert tracker.settle() == {}
    for cell in cells[2:]:
        tracker.also(cell.path)
    assert tracker.finish(finish(run)) is None  # which waits for them as well
    assert unsynced([run.path, *(cell.path for cell in cells)]) == []
    assert accuracies(client, experiment, cells) == [0.0, 0.1, 0.2, 0.3]


def test_members_of_a_server_that_never_answers_are_given_up_in_time(
    run, finish, settings, silent_server, members
):
    tracker = open_tracker("mlflow", settings(uri=silent_server, limit=1.0))
    tracker.start(run.path, run.manifest())
    cells = members(AHEAD + 4)
    began = time.monotonic()
    for cell in cells:
        tracker.also(cell.path)
    assert time.monotonic() - began < 1
    late = tracker.settle()
    assert late.keys() == {cell.id for cell in cells}
    assert all("no answer within 1 s" in why for why in late.values())
    assert "no answer" in tracker.finish(finish(run))
    assert time.monotonic() - began < 5
    assert all("`qml runs sync`" in (cell.path / UNSYNCED).read_text() for cell in cells)


def test_members_of_a_run_whose_mirror_died_are_sent_later(run, finish, settings, members):
    tracker = open_tracker("mlflow", settings())
    tracker.start(run.path, run.manifest())
    tracker._process.kill()
    [cell] = members(1)
    tracker.also(cell.path)
    assert "its process ended with code -9" in tracker.settle()[cell.id]
    tracker.finish(finish(run))
    assert unsynced([cell.path]) == [cell.path]
