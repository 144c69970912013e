"""What is resumed keeps to the cap that was asked for."""

from decimal import Decimal

import pytest

from qml.config import load
from qml.errors import RunError
from qml.ports import Silence, SystemClock
from qml.session import World, cap_run
from qml.tasks import resume as tasks
from qml.tasks import train as train_task
from qml.tasks.train import begin

TOML = """
[project]
name = "tiny"
[data]
path = "points.csv"
[backend]
name = "ionq.forte-1"
shots = 100
"""


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A run that died as soon as its folder was there, and what its resuming was called with."""
    (tmp_path / "qml.toml").write_text(TOML)
    world = World(environ={}, progress=Silence(), clock=SystemClock())
    loaded = load(tmp_path, environ={})
    run = begin(loaded, name=None, world=world)
    run.release()
    trained = []

    class Outcome:
        def document(self):
            return {}

    def train(*args):
        trained.append(args)
        return Outcome()

    monkeypatch.setattr(train_task, "run", train)
    yield run, loaded, world, trained
    run.release()


def test_a_run_that_died_before_its_cap_was_written_is_not_resumed_without_one(made):
    run, loaded, world, trained = made
    for _ in range(2):
        with pytest.raises(RunError, match="died before it began"):
            tasks.resume(run, loaded.root, world)
    assert trained == []
    tasks.resume(run, loaded.root, world, most=Decimal(30))
    assert len(trained) == 1


def test_with_its_cap_it_is(made):
    run, loaded, world, trained = made
    cap_run(run, Decimal(30), loaded.config, loaded.root, world)
    tasks.resume(run, loaded.root, world)
    assert len(trained) == 1
