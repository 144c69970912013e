import os
import socket
import threading

import pytest

from qml.records import MetricsWriter, RunFolder
from qml.tracking import TrackerSettings
from qml.tracking.mlflow.connect import connect, experiment_id

LOADER = """
import json
from pathlib import Path


class Doubler:
    def __init__(self, factor):
        self.factor = factor

    def predict(self, frame):
        return (frame.to_numpy() * self.factor).tolist()


def _load_pyfunc(path):
    return Doubler(json.loads((Path(path) / "model.json").read_text())["factor"])
"""


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """One project, and so one database, for all tests: making one takes seconds."""
    root = tmp_path_factory.mktemp("project")
    (root / "qml.toml").write_text("")
    (root / "qml_test_loader.py").write_text(LOADER)
    return root


@pytest.fixture(scope="session")
def client(project):
    # `connect` sets switches in the environment, which must not outlive these tests.
    before = dict(os.environ)
    try:
        database = project / ".qml" / "mlflow.db"
        client = connect(f"sqlite:///{database}", database)
        experiment_id(client, "demo", project / ".qml" / "mlartifacts")
        yield client
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture
def experiment(client):
    return experiment_id(client, "demo", None)


@pytest.fixture
def settings(project):
    def make(**changes):
        defaults = {
            "uri": "sqlite:///.qml/mlflow.db",
            "experiment": "demo",
            "root": project,
            "loader_module": "qml_test_loader",
            "limit": 60.0,
        }
        return TrackerSettings(**{**defaults, **changes})

    return make


@pytest.fixture
def run(project):
    config = {"train": {"epochs": 2, "seed": 7, "optimizer": "adam"}, "data": {"name": "digits"}}
    folder = RunFolder.create(project / "runs", name="first", config=config, command="train")
    yield folder
    folder.release()


@pytest.fixture
def finish():
    def finish(run, *, steps=5, status="finished"):
        (run.artifacts / "model.json").write_text('{"factor": 2}')
        with MetricsWriter(run.metrics_path) as metrics:
            for step in range(1, steps + 1):
                metrics.write(step, {"epoch": 0, "time": step / 10, "loss": 1 / step})
        return run.finalise(
            status,
            code={"commit": "0" * 40, "dirty": False, "digest": "d1"},
            data={"source": "digits", "digests": {"features": "f1"}},
            metrics={"loss": 0.25, "test_accuracy": 0.9, "test_accuracy_ci": [0.8, 0.95]},
            baselines=[{"name": "mlp", "metrics": {"test_accuracy": 0.92}}],
            packages={"qml-workbench": "0.1.0"},
        )

    return finish


@pytest.fixture
def silent_server():
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []

        def accept():
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        for connection in held:
            connection.close()
