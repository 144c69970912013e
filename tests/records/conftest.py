from pathlib import Path

import pytest

from qml.records import RunFolder


class FixedClock:
    """A clock that tells the same moment until it is moved."""

    def __init__(self, moment=1_795_255_392.0):
        self.moment = moment

    def now(self):
        return self.moment

    def monotonic(self):
        return self.moment


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def runs(tmp_path):
    return tmp_path / "runs"


@pytest.fixture
def config():
    return {"train": {"epochs": 2, "seed": 7}, "tracking": {"uri": "sqlite:///.qml/mlflow.db"}}


@pytest.fixture
def run(runs, config, clock):
    folder = RunFolder.create(runs, name="first", config=config, command="train", clock=clock)
    yield folder
    folder.release()


@pytest.fixture
def golden():
    return Path(__file__).parent / "golden"
