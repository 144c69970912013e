import os
from types import SimpleNamespace

import pytest

from qml.benchmarking.measurements import step
from qml.benchmarking.measurements.base import Surroundings
from qml.benchmarking.measurements.step.agreement import Errors
from qml.benchmarking.measurements.step.client import PeerError, Time
from qml.benchmarking.measurements.step.measure import _beside
from qml.benchmarking.measurements.step.options import read
from qml.config import Config
from qml.errors import ConfigError
from qml.ports import Silence


def around(folder):
    return Surroundings(
        config=Config(),
        root=folder,
        folder=folder,
        environ=os.environ,
        seed=0,
        progress=Silence(),
        stop=lambda: False,
    )


def peer(name, seconds):
    opened = {"facts": {"method": "none"}, "seconds": 1.0}
    return SimpleNamespace(name=name, opened=opened, run=lambda steps: Time(seconds, seconds / 2))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "measure.options.peer"),
        ({"peer": "qibo"}, "no peer `qibo`"),
        ({"peer": "tfq", "circuit": "ghz"}, "no circuit `ghz`"),
        ({"peer": "tfq", "rounds": 1}, "measure.options.rounds"),
        ({"peer": "tfq", "shots": 3}, "measure.options.shots"),
    ],
)
def test_options_are_checked_first(options, said):
    with pytest.raises(ConfigError, match=said):
        step.check(options)


def test_the_ratio_is_the_peers_time_over_the_engines(tmp_path):
    found = _beside(
        peer("qml", 0.01),
        peer("aer", 0.03),
        Errors(1e-6, 1e-6),
        read({"peer": "aer", "rounds": 5}),
        around(tmp_path),
    )
    assert found.metrics["ratio"] == pytest.approx(3)
    assert found.metrics["ratio_low"] <= 3 + 1e-9
    assert found.metrics["processor_ratio"] == pytest.approx(3)
    assert found.metrics["seconds"] == 0.03
    assert found.metrics["engine_seconds"] == 0.01
    assert [len(v) for v in found.samples.values()] == [5, 5, 5]
    assert found.metrics.keys() - set(found.timings) == {"loss_error", "gradient_error"}


def test_a_wrong_peer_is_left_out_and_named(tmp_path):
    with pytest.raises(PeerError, match=r"aer is wrong: .* gradient by 2\.0e-02"):
        _beside(
            peer("qml", 0.01),
            peer("aer", 0.03),
            Errors(1e-6, 0.02),
            read({"peer": "aer"}),
            around(tmp_path),
        )


@pytest.mark.long
def test_the_engine_is_as_fast_as_itself_and_a_missing_peer_is_skipped(tmp_path):
    asked = {"circuit": "layers", "wires": 2, "batch": 2, "rounds": 9, "seconds": 3.0}
    control = step.measure({"peer": "qml", **asked}, around(tmp_path))
    assert control.skipped is None
    assert 1 / 3 < control.metrics["ratio"] < 3
    absent = step.measure({"peer": "tfq", **asked, "python": "/nowhere"}, around(tmp_path))
    assert absent.skipped == "/nowhere: No such file or directory"
