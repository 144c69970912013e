import pytest

from qml.errors import PluginError
from qml.plugins import names
from qml.tracking import TrackerSettings, close_dead, open_tracker


@pytest.fixture
def settings(tmp_path):
    return TrackerSettings(uri="sqlite:///x.db", experiment="demo", root=tmp_path)


def test_both_trackers_are_registered():
    assert {"mlflow", "none"} <= set(names("trackers"))


def test_the_tracker_none_has_nothing_to_send(settings, tmp_path):
    tracker = open_tracker("none", settings)
    tracker.start(tmp_path, {})
    tracker.metrics(1, {"loss": 1.0})
    assert tracker.finish({}) is None
    assert tracker.sync([tmp_path]) == {tmp_path.name: None}
    assert close_dead(tracker, [tmp_path]) == {}
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_tracker_lists_the_known_ones(settings):
    with pytest.raises(PluginError, match="unknown tracker `wandb`") as caught:
        open_tracker("wandb", settings)
    assert "mlflow" in caught.value.hint


def test_a_finish_without_a_start_is_harmless(settings):
    assert open_tracker("mlflow", settings).finish({}) is None
