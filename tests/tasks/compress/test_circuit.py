"""`qml compress run:RUN`: what is refused at once, and a pruned model that predicts and replays."""

import json

import pytest

from qml.config import validate
from qml.errors import ConfigError, PluginError, RunError
from qml.records import RunFolder
from qml.session import World
from qml.tasks.compress import check as check_compress


@pytest.fixture
def root(tmp_path):
    """A project with a run named `whole` that seems to have trained a classifier."""
    run = RunFolder.create(tmp_path / "runs", name="whole", config={}, command="train")
    run.artifacts.mkdir(exist_ok=True)
    _model(run, "variational")
    run.finalise("finished")
    return tmp_path


def _model(run, kind):
    (run.artifacts / "model.json").write_text(json.dumps({"model": {"kind": kind}}))


def refuse(root, error, words, **keys):
    table = {"model": "run:whole", "methods": ["prune"], "target": "30%", **keys}
    with pytest.raises(error, match=words):
        check_compress(validate({"compress": table}), root, World.default())


def test_what_makes_sense_is_accepted(root):
    table = {"model": "run:whole", "methods": ["prune", "distill"], "target": "30%"}
    check_compress(validate({"compress": table}), root, World.default())


def test_bad_settings_are_refused_before_anything_is_loaded(root):
    refuse(root, ConfigError, "is pruned, not", methods=["bits"])
    refuse(root, ConfigError, "no share of gates", target="4bpw")
    refuse(root, ConfigError, "no pattern of a circuit", prune={"pattern": "2:4"})
    refuse(root, ConfigError, "no `gguf` file", export="gguf")
    refuse(root, PluginError, "unknown solver", solver="magic")
    refuse(root, PluginError, "unknown backend", circuit={"price_on": "abacus"})
    refuse(root, RunError, "no run `other`", model="run:other")


def test_runs_without_a_classifier_are_refused(root):
    runs = root / "runs"
    kernel = RunFolder.create(runs, name="kernel", config={}, command="train")
    kernel.artifacts.mkdir(exist_ok=True)
    _model(kernel, "kernel")
    kernel.finalise("finished")
    refuse(root, RunError, "kernel, which has no trained gates", model="run:kernel")
    tuned = RunFolder.create(runs, name="tuned", config={}, command="tune")
    tuned.finalise("finished")
    refuse(root, RunError, "no classifier", model="run:tuned")
    begun = RunFolder.create(runs, name="begun", config={}, command="train")
    refuse(root, RunError, "is running", model="run:begun")
    begun.finalise("failed")
    again = RunFolder.create(runs, name="cut", config={}, command="compress")
    again.artifacts.mkdir(exist_ok=True)
    _model(again, "variational")
    again.finalise("finished")
    refuse(root, RunError, "is a `compress`", model="run:cut")


@pytest.mark.long
def test_a_pruned_model_predicts_and_replays(project, check):
    project.train("--name", "whole")
    found = project.qml(
        *("compress", "run:whole", "--method", "prune,distill", "--target", "50%"),
        *("--name", "cut", "--json", "--set", "compress.circuit.rounds=2"),
        *("--set", "compress.circuit.steps=5", "--set", "compress.circuit.rows=32"),
    ).document
    check(found)
    whole, first, *_ = found["rows"]
    assert whole["label"] == "whole"
    assert first["label"] == "quadratic"
    assert whole["kl"] == 0
    kept = next(row for row in found["rows"] if row["chosen"])
    assert kept["two_qubit"] == whole["two_qubit"] - found["pieces"]["two_qubit"]["gone"]
    assert kept["parameters"] < whole["parameters"]
    assert kept["train_loss"] == min(row["train_loss"] for row in found["rows"][1:])
    assert whole["price"]["currency"] == "USD"
    (project.root / "new.csv").write_text("a,b\n0.5,0.5\n-0.5,-0.5\n")
    answers = project.qml("predict", "cut", "new.csv", "--json").document
    assert answers["rows"] == 2
    replayed = project.qml("replay", "cut", "--json").document
    assert replayed["verdict"] == "identical"
