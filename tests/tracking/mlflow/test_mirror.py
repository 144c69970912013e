import subprocess
import sys

import pytest

from qml.records import MetricsWriter, RunFolder
from qml.tracking.mlflow.mirror import Mirror

# MLflow 3.17 uses a loader strategy that SQLAlchemy 2.1 deprecates, and warns of its own types when
# mlflow.pyfunc is imported.
pytestmark = [
    pytest.mark.filterwarnings("ignore:The ``noload`` loader strategy:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*Any type hint is inferred as AnyType:UserWarning"),
]

LOADER = "qml_test_loader"


def found(client, experiment, run):
    wanted = f"tags.`qml.uuid` = '{run.manifest()['uuid']}'"
    return client.search_runs([experiment], wanted)


def snapshot(client, identity):
    run = client.get_run(identity)
    history = {key: len(client.get_metric_history(identity, key)) for key in run.data.metrics}
    artifacts = sorted(item.path for item in client.list_artifacts(identity))
    return run.info.status, run.info.end_time, run.data.params, run.data.tags, history, artifacts


def test_a_run_is_mirrored_whole_and_twice_changes_nothing(client, experiment, run, finish):
    manifest = finish(run)
    Mirror(client, experiment, run.path, manifest).complete(manifest, LOADER)
    [mirrored] = found(client, experiment, run)
    data, identity = mirrored.data, mirrored.info.run_id
    assert mirrored.info.status == "FINISHED"
    assert data.params["train.optimizer"] == "adam"
    assert data.tags["qml.run_id"] == run.id
    assert data.tags["qml.run_dir"] == str(run.path)
    assert data.tags["qml.commit"] == "0" * 40
    assert data.tags["qml.data_digest"] == '{"features": "f1"}'
    assert data.tags["mlflow.runName"] == "first"
    assert data.metrics["test_accuracy"] == 0.9
    assert data.metrics["test_accuracy_ci_low"] == 0.8
    assert data.metrics["baseline.mlp.test_accuracy"] == 0.92
    assert data.metrics["final_loss"] == 0.25
    points = [(m.step, m.value) for m in client.get_metric_history(identity, "loss")]
    assert points == [(step, 1 / step) for step in range(1, 6)]
    before = snapshot(client, identity)
    assert {"manifest.json", "config.toml", "model"} <= set(before[-1])
    Mirror(client, experiment, run.path, manifest).complete(manifest, LOADER)
    assert len(found(client, experiment, run)) == 1
    assert snapshot(client, identity) == before


def test_metrics_are_followed_while_they_grow(client, experiment, run):
    mirror = Mirror(client, experiment, run.path, run.manifest())
    mirror.follow()
    with MetricsWriter(run.metrics_path) as metrics:
        metrics.write(1, {"loss": 3.0})
    with run.metrics_path.open("ab") as stream:
        stream.write(b'{"step":2,"lo')
    mirror.follow()
    with run.metrics_path.open("ab") as stream:
        stream.write(b'ss":2.0}\n')
    mirror.follow()
    assert [m.value for m in client.get_metric_history(mirror.id, "loss")] == [3.0, 2.0]
    [mirrored] = found(client, experiment, run)
    assert mirrored.info.status == "RUNNING"


def test_a_resumed_run_goes_on_in_the_same_mlflow_run(client, experiment, run, finish):
    manifest = finish(run, status="interrupted")
    Mirror(client, experiment, run.path, manifest).complete(manifest, None)
    assert found(client, experiment, run)[0].info.status == "KILLED"
    again = RunFolder(run.path)
    mirror = Mirror(client, experiment, run.path, again.take())
    assert found(client, experiment, run)[0].info.status == "RUNNING"
    with MetricsWriter(run.metrics_path, after=3) as metrics:
        for step in range(4, 9):
            metrics.write(step, {"loss": 1 / step})
    mirror.complete(again.finalise("finished"), None)
    [mirrored] = found(client, experiment, run)
    assert mirrored.info.status == "FINISHED"
    steps = sorted(m.step for m in client.get_metric_history(mirrored.info.run_id, "loss"))
    assert steps == list(range(1, 9))


def test_more_points_than_one_batch_takes(client, experiment, run, finish):
    manifest = finish(run, steps=1200)
    mirror = Mirror(client, experiment, run.path, manifest)
    mirror.complete(manifest, None)
    assert len(client.get_metric_history(mirror.id, "loss")) == 1200


def test_mlflow_predicts_with_the_stored_model(client, experiment, run, finish, project, tmp_path):
    manifest = finish(run)
    mirror = Mirror(client, experiment, run.path, manifest)
    mirror.complete(manifest, LOADER)
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n3,4\n")
    command = [sys.executable, "-m", "mlflow", "models", "predict", "--env-manager", "local"]
    arguments = ["-m", f"runs:/{mirror.id}/model", "-i", "rows.csv", "-t", "csv", "-o", "out.json"]
    subprocess.run(
        [*command, *arguments],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={
            "PATH": str(tmp_path),
            "PYTHONPATH": str(project),
            "MLFLOW_TRACKING_URI": f"sqlite:///{project}/.qml/mlflow.db",
            "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
            "MLFLOW_DISABLE_TELEMETRY": "true",
        },
    )
    assert (tmp_path / "out.json").read_text() == '{"predictions": [[2, 4], [6, 8]]}'
    stored = project / ".qml" / "mlartifacts" / mirror.id
    assert not [p for p in stored.rglob("*") if p.suffix in {".pkl", ".pickle", ".joblib"}]


def test_a_deleted_experiment_says_how_to_bring_it_back(client):
    from qml.tracking.mlflow.connect import experiment_id

    identity = experiment_id(client, "gone", None)
    client.delete_experiment(identity)
    with pytest.raises(RuntimeError, match=f"experiments restore --experiment-id {identity}"):
        experiment_id(client, "gone", None)
