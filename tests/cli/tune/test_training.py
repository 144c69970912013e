"""Studies of trainings: the last training on the test rows, pruning, several processes."""

import json
import time

import jsonschema
import pytest

from qml.report import schemas

SPACE = """
[tune]
trials = 3
sampler = "random"
[tune.space]
"train.learning_rate" = { low = 0.001, high = 0.5, log = true }
"""


@pytest.fixture
def study(project):
    toml = (project.root / "qml.toml").read_text()
    (project.root / "qml.toml").write_text(toml + SPACE)
    return project


def tune(project, *args):
    document = project.qml("tune", "--json", "--quiet", *args).document
    jsonschema.validate(document, schemas.load("qml.tune/1"))
    return document


def manifest(project, run_id):
    return json.loads((project.root / "runs" / run_id / "manifest.json").read_text())


@pytest.mark.long
def test_trials_see_no_test_rows_and_the_best_is_tested_once(study):
    document = tune(study)
    assert document["study"]["metric"] == "validation_accuracy"
    for trial in document["trials"]:
        found = manifest(study, trial["run_id"])
        assert found["command"] == "train"
        assert found["config"]["data"]["hold_out"] is True
        assert found["metrics"]["validation_accuracy"] == trial["value"]
        assert found["config"]["train"]["learning_rate"] == trial["values"]["train.learning_rate"]
    best = max(document["trials"], key=lambda t: (t["value"], -t["facts"]["validation_loss"]))
    assert document["best"]["number"] == best["number"]
    tested = manifest(study, document["test"]["run_id"])
    assert tested["config"]["data"]["hold_out"] is False
    assert tested["metrics"]["train_rows"] > best["facts"]["train_rows"], "no rows are held back"
    assert tested["metrics"]["test_accuracy"] == document["metrics"]["test_accuracy"]
    assert "flatters" in " ".join(document["notes"])
    assert "On 16 test rows that the search did not see" in document["verdict"]


@pytest.mark.long
def test_a_replay_of_a_study_is_identical_and_its_best_can_be_typed(study):
    document = tune(study)
    words = document["best"]["use_it"].split()
    repeated = study.qml(*words[1:], "--set", "data.hold_out=true", "--json").document
    assert repeated["metrics"]["validation_accuracy"] == document["best"]["value"]
    assert study.qml("replay", document["run_id"], "--json").document["verdict"] == "identical"


@pytest.mark.long
def test_several_processes_train_what_one_trains(study):
    alone = tune(study, "--no-refit")
    together = tune(study, "--no-refit", "--parallel", "2")
    assert [t["value"] for t in together["trials"]] == [t["value"] for t in alone["trials"]]


@pytest.mark.long
def test_hopeless_trainings_are_given_up_and_could_go_on(study):
    rates = "[0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 1e-6, 2e-6, 3e-6, 4e-6]"
    toml = (study.root / "qml.toml").read_text().split(SPACE)[0]
    (study.root / "qml.toml").write_text(toml)
    space = f'tune.space={{"train.learning_rate"={rates}}}'
    args = ["--pruner", "median", "--trials", "12", "--no-refit", "--sampler", "random"]
    document = tune(study, "--set", space, *args)
    pruned = [t for t in document["trials"] if t["state"] == "pruned"]
    assert pruned
    assert all(t["value"] is None for t in pruned)
    assert manifest(study, pruned[0]["run_id"])["status"] == "interrupted"
    finished = study.qml("runs", "resume", pruned[0]["run_id"], "--json").document
    assert finished["metrics"]["validation_accuracy"] >= 0


@pytest.mark.long
def test_layers_that_are_off_leave_their_gates_out(study):
    space = 'tune.space={"model.active"={switches=2}}'
    toml = (study.root / "qml.toml").read_text().split(SPACE)[0]
    (study.root / "qml.toml").write_text(toml)
    document = tune(study, "--set", space, "--trials", "4", "--no-refit", "--sampler", "random")
    for trial in document["trials"]:
        active = trial["values"]["model.active"]
        if not any(active):
            assert trial["state"] == "failed"
            assert "at least one layer on" in trial["error"]
            continue
        found = manifest(study, trial["run_id"])
        assert found["model"]["layers"] == sum(active)
        assert found["model"]["parameters"] == sum(active) * 2 * 3 + 3
    assert {t["state"] for t in document["trials"]} >= {"complete"}


@pytest.mark.long
@pytest.mark.parametrize("parallel", ["1", "2"])
def test_trainings_of_a_killed_study_go_on_from_their_checkpoints(study, parallel):
    args = ["--study", "s", "--no-refit", "--parallel", parallel, "--set", "train.epochs=40"]
    process = study.start("tune", "--quiet", *args)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if sum(1 for _ in study.root.glob("runs/*/checkpoints/*")) > 3:
            break
        time.sleep(0.01)
    process.kill()
    process.communicate(timeout=60)
    document = tune(study, *args)
    assert document["metrics"]["complete"] == 3
    sessions = [len(manifest(study, t["run_id"])["sessions"]) for t in document["trials"]]
    assert max(sessions) == 2, "one trial at least was taken up"
    assert len({t["run_id"] for t in document["trials"]}) == 3
    args[1] = "whole"
    whole = tune(study, *args)
    assert [t["value"] for t in document["trials"]] == [t["value"] for t in whole["trials"]]
    losses = [[t["facts"]["validation_loss"] for t in d["trials"]] for d in (document, whole)]
    assert losses[0] == losses[1]
