"""What the tests share: a copy of this project to train in, and one very short training."""

import shutil
from pathlib import Path

import pytest
import qml

ROOT = Path(__file__).resolve().parent.parent
# A few steps with few gates: enough to see that everything fits together, not to learn.
SHORT = [
    "train.steps=5",
    "data.rows=500",
    "model.generator.locality=2",
    "baselines.enabled=false",
    "tracking.name=none",
]


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """This project, copied, so that tests leave no runs in it."""
    copy = tmp_path_factory.mktemp("tests") / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "runs", "__pycache__"))
    return copy


@pytest.fixture(scope="session")
def config():
    """The configuration that qml.toml gives."""
    return qml.load_config(ROOT)


@pytest.fixture(scope="session")
def outcome(project):
    """The outcome of a very short training."""
    return qml.train(root=project, set=SHORT, name="blobs")
