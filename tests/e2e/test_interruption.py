"""Killed or interrupted anywhere, then resumed: the run ends as if nothing had happened."""

import json
import signal
import time
from pathlib import Path

import pytest

LONG = (
    "--set",
    "train.epochs=300",
    "--set",
    "train.schedule=cosine",
    "--set",
    "train.patience=300",
)


def record(document: dict) -> tuple:
    """All that must be equal to the last bit."""
    run = Path(document["run_dir"])
    timing = {"train_seconds", "compile_seconds", "circuits_per_second"}
    metrics = {k: v for k, v in document["metrics"].items() if k not in timing}
    return (
        metrics,
        (run / "metrics.jsonl").read_text(),
        (run / "artifacts" / "model.safetensors").read_bytes(),
        (run / "artifacts" / "test_predictions.csv").read_text(),
    )


@pytest.fixture
def uninterrupted(project):
    return record(project.train(*LONG))


def has_checkpoint(number: int):
    return lambda run: len(list((run / "checkpoints").glob("*.safetensors"))) >= number


def test_sigterm_saves_and_kill_9_loses_nothing(project, uninterrupted):
    process = project.start("train", "--json", *LONG)
    project.stop_when(process, has_checkpoint(1), signal.SIGTERM)
    assert process.returncode == 130
    run = project.runs[-1]
    assert json.loads((run / "manifest.json").read_text())["status"] == "interrupted"

    process = project.start("runs", "resume", run.name, "--json")
    before = {p.name for p in (run / "checkpoints").iterdir()}
    project.stop_when(
        process,
        lambda r: {p.name for p in (r / "checkpoints").glob("*.safetensors")} - before != set(),
        signal.SIGKILL,
    )
    assert process.returncode == -9
    listed = project.qml("runs", "list", "--json").document["runs"]
    assert next(r["status"] for r in listed if r["run_id"] == run.name) == "killed"

    document = project.qml("runs", "resume", run.name, "--json").document
    assert record(document) == uninterrupted


@pytest.mark.long
def test_killed_before_the_first_checkpoint_it_starts_again(project):
    wanted = record(project.train())
    process = project.start("train", "--json")
    project.stop_when(process, lambda run: (run / "config.toml").exists(), signal.SIGKILL)
    run = project.runs[-1]
    assert not list((run / "checkpoints").glob("*.safetensors"))
    document = project.qml("runs", "resume", run.name, "--json").document
    assert record(document) == wanted


def test_ctrl_c_says_how_to_go_on(project):
    process = project.start("train", *LONG)
    _, err = project.stop_when(process, has_checkpoint(1), signal.SIGINT)
    assert process.returncode == 130
    assert f"qml runs resume {project.runs[-1].name}" in err


def test_one_process_at_a_time_on_a_run(project):
    process = project.start("train", "--json", *LONG)
    try:
        while not (project.runs and has_checkpoint(1)(project.runs[-1])):
            time.sleep(0.005)
        error = project.qml("runs", "resume", project.runs[-1].name, code=2).err
        assert "in use by another process" in error
    finally:
        process.kill()
        process.communicate()


@pytest.mark.long
def test_two_trainings_at_once_do_not_disturb_each_other(project):
    processes = [project.start("train", "--json", "--name", f"n{i}") for i in range(2)]
    found = [json.loads(p.communicate(timeout=240)[0]) for p in processes]
    assert [p.returncode for p in processes] == [0, 0]
    assert found[0]["run_id"] != found[1]["run_id"]
    assert record(found[0]) == record(found[1])
