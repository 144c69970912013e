"""Trainings and prices for a measurement: free, each a run, equal ones only once."""

import json

import pytest

from qml.config import load
from qml.errors import PlanError
from qml.ports import Silence, SystemClock
from qml.records import RunFolder
from qml.session import World
from qml.tasks import carry
from qml.tasks.rehearsals import FOLDER, Rehearsals

TOML = """
[project]
name = "rehearsed"
[data]
name = "linearly_separable"
options = { features = 2, rows = 40 }
features = 2
validation_fraction = 0.25
[model]
qubits = 2
layers = 1
encoding = "angle"
[train]
epochs = 2
batch_size = 16
gradient = "spsa"
patience = 1000
[baselines]
enabled = false
"""


@pytest.fixture
def rehearsals(tmp_path):
    (tmp_path / "qml.toml").write_text(TOML)
    world = World(
        environ={"QML_CACHE_DIR": str(tmp_path / "cache")}, progress=Silence(), clock=SystemClock()
    )
    loaded = load(tmp_path, environ={}, pairs=[])
    run = carry.begin(loaded, "measure", name=None, world=world)
    return Rehearsals(run, loaded.config, tmp_path, world)


def test_a_vendors_machine_is_never_trained_on(rehearsals, tmp_path):
    with pytest.raises(PlanError, match="buys nothing"):
        rehearsals.train({"backend.name": "ionq.forte-1", "backend.shots": 10})
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.long
def test_equal_trainings_are_one_run_and_their_price_is_told(rehearsals, tmp_path):
    settings = {"backend.name": "jax", "backend.shots": 20}
    first = rehearsals.train(settings)
    assert [step for step, _ in first.validated] == [2, 4]
    assert rehearsals.train(settings).run_id == first.run_id
    ended = rehearsals.train({**settings, "train.steps": 2})
    assert ended.run_id != first.run_id
    assert ended.validated == first.validated[:1]
    run = RunFolder(tmp_path / "runs" / first.run_id)
    assert run.manifest()["status"] == "finished"
    known = [json.loads(p.read_text())["run_id"] for p in (tmp_path / FOLDER).iterdir()]
    assert sorted(known) == sorted([first.run_id, ended.run_id])

    price = rehearsals.price({**settings, "train.steps": 2}, "braket.garnet")
    assert 0 < price.low <= price.expected <= price.high
    assert price.shots == 20 * price.circuits
    dearer = rehearsals.price(settings, "braket.garnet")
    assert dearer.expected > price.expected


@pytest.mark.long
def test_a_classical_model_is_a_run_too(rehearsals):
    found = rehearsals.rival({"rival.name": "logistic_regression"})
    assert found.test_accuracy > 0.7
    assert rehearsals.rival({"rival.name": "logistic_regression"}).run_id == found.run_id
