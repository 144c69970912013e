import signal
import subprocess
import sys
import time

import pytest

from qml.records import describe, sweep
from qml.tracking import UNSYNCED, TrackerSettings, close_dead, open_tracker, unsynced

# MLflow 3.17 uses a loader strategy that SQLAlchemy 2.1 deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:The ``noload`` loader strategy:DeprecationWarning")

TRAIN = """
import sys, time
from pathlib import Path
from qml.records import MetricsWriter, RunFolder
from qml.tracking import TrackerSettings, open_tracker
root = Path(sys.argv[1])
run = RunFolder.create(root / "runs", name="victim", config={"a": {"b": 1}}, command="train")
settings = TrackerSettings(uri="sqlite:///.qml/mlflow.db", experiment="demo", root=root)
tracker = open_tracker("mlflow", settings)
tracker.start(run.path, run.manifest())
metrics = MetricsWriter(run.metrics_path)
metrics.write(1, {"loss": 1.0})
metrics.flush()
print(run.id, flush=True)
time.sleep(600)
"""


def found(client, experiment, run):
    wanted = f"tags.`qml.uuid` = '{run.manifest()['uuid']}'"
    return client.search_runs([experiment], wanted)


def test_a_run_is_mirrored_beside_the_work(
    client, experiment, run, finish, settings, capfd, monkeypatch
):
    monkeypatch.setenv("HOME", "/proc/nowhere")  # nobody can write there, not even root
    tracker = open_tracker("mlflow", settings())
    tracker.start(run.path, run.manifest())
    assert (run.path / UNSYNCED).exists()
    tracker.metrics(1, {"loss": 1.0})
    manifest = finish(run)
    assert tracker.finish(manifest) is None
    assert not (run.path / UNSYNCED).exists()
    [mirrored] = found(client, experiment, run)
    assert (mirrored.info.status, mirrored.data.metrics["loss"]) == ("FINISHED", 0.2)
    assert capfd.readouterr() == ("", "")


def test_the_training_imports_no_mlflow(run, settings):
    code = "import sys, qml.tracking.mlflow.tracker; print('mlflow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_server_that_is_down_costs_little_and_loses_nothing(
    client, experiment, run, finish, settings
):
    address = "http://anna:hunter2hunter2@127.0.0.1:9"
    tracker = open_tracker("mlflow", settings(uri="x", environ={"MLFLOW_TRACKING_URI": address}))
    tracker.start(run.path, run.manifest())
    reason = tracker.finish(finish(run))
    assert "http://127.0.0.1:9" in reason
    assert "`qml runs sync`" in reason
    assert "hunter2" not in reason + (run.path / UNSYNCED).read_text()
    assert unsynced([run.path]) == [run.path]
    later = open_tracker("mlflow", settings())
    assert later.sync([run.path]) == {run.id: None}
    [mirrored] = found(client, experiment, run)
    assert mirrored.info.status == "FINISHED"
    assert len(client.get_metric_history(mirrored.info.run_id, "loss")) == 5
    assert unsynced([run.path]) == []


def test_a_server_that_never_answers_is_given_up_in_time(run, finish, settings, silent_server):
    tracker = open_tracker("mlflow", settings(uri=silent_server, limit=1.0))
    tracker.start(run.path, run.manifest())
    manifest = finish(run)
    began = time.monotonic()
    reason = tracker.finish(manifest)
    assert time.monotonic() - began < 5
    assert "no answer within 1 s" in reason
    assert (run.path / UNSYNCED).read_text() == f"{reason}\n"


def test_a_killed_run_is_closed_by_the_next_command(client, experiment, project, settings):
    command = [sys.executable, "-c", TRAIN, str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        identity = process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
    [killed] = [run for run in sweep(project / "runs") if run.id == identity]
    tracker = open_tracker("mlflow", settings())
    assert close_dead(tracker, [killed.path]) == {identity: None}
    [mirrored] = found(client, experiment, killed)
    assert mirrored.info.status == "KILLED"
    assert mirrored.data.metrics["loss"] == 1.0
    assert close_dead(tracker, [killed.path]) == {}


def test_a_run_that_goes_on_is_not_sent(run, settings):
    assert open_tracker("mlflow", settings()).sync([run.path]) == {run.id: "it still runs"}


def test_no_secret_reaches_the_run_folder_or_the_database(project, run, finish, monkeypatch):
    monkeypatch.setenv("IONQ_API_KEY", "k3y-that-must-never-be-written")
    uri = "sqlite:///.qml/mlflow.db?password=hunter2hunter2"
    settings = TrackerSettings(uri=uri, experiment="demo", root=project, limit=60.0)
    describe(run, project)
    tracker = open_tracker("mlflow", settings)
    tracker.start(run.path, run.manifest())
    tracker.finish(finish(run))
    for path in (path for path in project.rglob("*") if path.is_file()):
        data = path.read_bytes() + str(path).encode()
        assert b"hunter2" not in data, path
        assert b"k3y-that" not in data, path
