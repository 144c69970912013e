import json

import pytest

from qml.tracking.mlflow.facts import final_points, params, step_points, tags

START = 1_795_255_392_000


@pytest.fixture
def manifest(request):
    golden = request.config.rootpath / "tests" / "records" / "golden" / "manifest-v1.json"
    return json.loads(golden.read_text())


def test_tags_lead_to_the_manifest(manifest, tmp_path):
    found = tags(tmp_path, manifest)
    assert found["qml.uuid"] == manifest["uuid"]
    assert found["qml.run_dir"] == str(tmp_path)
    assert found["qml.dirty"] == "true"
    assert json.loads(found["qml.data_digest"]) == manifest["data"]["digests"]
    assert "qml.stop_reason" in found
    assert all(isinstance(value, str) for value in found.values())


def test_what_is_not_known_yet_has_no_tag(manifest, tmp_path):
    empty = {**manifest, "code": {}, "data": {}, "backend": {}, "verdict": None}
    assert not {"qml.commit", "qml.data_digest", "qml.backend"} & set(tags(tmp_path, empty))


def test_params_are_dotted_and_not_longer_than_mlflow_takes():
    config = {"a": {"b": {"c": [1, 2]}, "on": True}, "x": "text", "long": "y" * 7000}
    found = params(config)
    assert found["a.b.c"] == "[1, 2]"
    assert (found["a.on"], found["x"], len(found["long"])) == ("true", "text", 6000)


def test_numbers_become_points_and_nothing_else_does():
    row = {"step": 3, "time": 1.5, "epoch": 1, "loss": 0.5, "bad": None, "flag": True, "s": "x"}
    points = step_points(row, START)
    assert [(p.key, p.value) for p in points] == [("epoch", 1.0), ("loss", 0.5)]
    assert {(p.timestamp, p.step) for p in points} == {(START + 1500, 3)}


def test_time_may_be_absolute_or_missing():
    assert step_points({"step": 1, "time": START / 1000, "a": 1}, 7)[0].timestamp == START
    assert step_points({"step": 1, "a": 1}, START)[0].timestamp == START


def test_final_points_hold_intervals_and_baselines(manifest):
    points = {p.key: p.value for p in final_points(manifest, {"loss"}, 30)}
    assert points == {
        "test_accuracy": 0.9,
        "test_accuracy_ci_low": 0.86,
        "test_accuracy_ci_high": 0.93,
        "final_loss": 0.31,
        "baseline.logistic_regression.test_accuracy": 0.95,
    }
