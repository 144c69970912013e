"""What the tests share: a copy of this project, an emulator, and one short training on it."""

import shutil
from pathlib import Path

import pytest
import qml
from qml.emulators.ionq import serve

ROOT = Path(__file__).resolve().parent.parent
# One step: 10 circuits. The answer to the first job is lost, and the job is billed all the same.
SHORT = ["train.steps=1", "baselines.enabled=false", "tracking.name=none"]
FAULTS = ["502-after-accept@1"]
MOST = "400"  # USD, all of it play money


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """This project, copied, so that tests leave no runs and no costs in it."""
    copy = tmp_path_factory.mktemp("tests") / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "runs", "__pycache__"))
    return copy


@pytest.fixture(scope="session")
def config():
    """The configuration that qml.toml gives."""
    return qml.load_config(ROOT)


@pytest.fixture(scope="session")
def emulator():
    """IonQ's API on this machine; the two variables point at it as long as the tests last."""
    with pytest.MonkeyPatch.context() as patch, serve(seed=1, faults=FAULTS) as found:
        patch.setenv("IONQ_API_URL", found.url)
        patch.setenv("IONQ_API_KEY", "emulated")
        yield found


@pytest.fixture(scope="session")
def outcome(project, emulator):
    """The outcome of a very short training."""
    return qml.train(root=project, set=SHORT, max_cost=MOST)
