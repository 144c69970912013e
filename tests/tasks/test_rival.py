"""A classical model on a quantum model's rows, with its number of parameters."""

import json

import pytest

from qml.config import load
from qml.errors import ConfigError
from qml.ports import Silence, SystemClock
from qml.session import World
from qml.tasks import carry, rival

TABLE = '[project]\nname = "p"\n[data]\nname = "two_curves"\noptions = {features = 2, rows = 60}\n'


@pytest.fixture
def compete(tmp_path):
    (tmp_path / "qml.toml").write_text(TABLE)
    world = World(
        environ={"QML_CACHE_DIR": str(tmp_path / "cache")}, progress=Silence(), clock=SystemClock()
    )

    def run(*pairs):
        loaded = load(tmp_path, environ={}, pairs=["tracking.name='none'", *pairs])
        folder = carry.begin(loaded, "rival", name=None, world=world)
        outcome = rival.run(folder, loaded.config, tmp_path, world)
        assert json.loads(folder.outcome_path.read_text())["schema"] == "qml.rival/1"
        return outcome

    return run


def test_the_network_is_as_large_as_the_quantum_model(compete):
    found = compete("rival.name='mlp'", "model.kind='hybrid'", "model.qubits=2", "model.layers=2")
    weights = 2 * 2 * 3
    dense = (2 * 2 + 2) + (2 * 2 + 2)
    assert found.settings["budget"] == weights + dense


def test_a_kernel_gives_the_network_a_parameter_a_row(compete):
    assert compete("rival.name='mlp'", "model.kind='kernel'").settings["budget"] == 48


def test_settings_are_given(compete):
    found = compete("rival.name='svc'", "rival.settings={C=7, gamma=0.5}", "data.scale='none'")
    assert (found.settings["C"], found.settings["gamma"]) == (7.0, 0.5)
    assert found.metrics["train_rows"] == 48


def test_unknown_settings_and_options_are_refused(compete):
    with pytest.raises(ConfigError, match="has no setting `gama`"):
        compete("rival.name='svc'", "rival.settings={gama=0.5}")
    with pytest.raises(ConfigError, match="has no option `featurs`"):
        compete("rival.name='svc'", "data.options={featurs=3}")
