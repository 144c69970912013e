"""This project is sound: its configuration loads, it trains, and its runs can be replayed."""

import json
from pathlib import Path

import qml
from qml.config import load


def test_the_configuration_is_valid(project):
    loaded = load(project, environ={})
    assert loaded.file == project / "qml.toml"


def test_a_short_training_ends_with_numbers(outcome):
    metrics = outcome.metrics
    low, high = metrics["mmd2_ci"]
    assert low <= metrics["mmd2"] <= high
    assert 0 <= metrics["tvd"] <= 1


def test_the_manifest_says_what_was_trained(outcome):
    manifest = json.loads((Path(outcome.run_dir) / "manifest.json").read_text("utf-8"))
    assert manifest["run_id"] == outcome.run_id
    assert manifest["metrics"]["mmd2"] == outcome.metrics["mmd2"]


def test_a_replay_is_identical(outcome, project):
    assert qml.replay(outcome.run_id, root=project).verdict == "identical"
