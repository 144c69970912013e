"""`qml tune` from the command line, on commands that take milliseconds."""

import json
import signal
import subprocess
import time

import jsonschema
import pytest
from support import QML

from qml.report import schemas

TOML = """
[tracking]
name = "none"
[tune]
trials = 4
sampler = "random"
command = "echo {x}"
[tune.space]
x = { low = 0.0, high = 1.0 }
"""


def valid(document):
    jsonschema.validate(document, schemas.load(document["schema"]))
    return document


@pytest.fixture
def study(project):
    (project.root / "qml.toml").write_text(TOML)
    return project


def tune(project, *args, code=0):
    return valid(project.qml("tune", "--json", "--quiet", *args, code=code).document)


def drawn(document):
    return [(t["values"], t["value"], t["state"]) for t in document["trials"]]


def test_trials_are_runs_and_the_study_replays_to_the_last_bit(study):
    document = tune(study, "--study", "first")
    values = [t["value"] for t in document["trials"]]
    assert values == [t["values"]["x"] for t in document["trials"]]
    assert document["best"]["value"] == max(values)
    assert document["best"]["use_it"] == f"echo {max(values)!r}"
    assert document["cost"]["billed"] == document["cost"]["estimated"] == "unknown"
    assert "a command of your own did them" in " ".join(document["notes"])
    for trial in document["trials"]:
        manifest = json.loads((study.root / "runs" / trial["run_id"] / "manifest.json").read_text())
        assert manifest["status"] == "finished"
        assert manifest["parent"] == document["run_id"]
        assert manifest["name"] == f"first-{trial['number']}"
        assert manifest["code"]["digest"]
    replayed = study.qml("replay", document["run_id"], "--json").document
    assert replayed["verdict"] == "identical", replayed
    assert len(study.runs) == 2 * (1 + 4)
    one = study.qml("replay", document["best"]["run_id"], "--json").document
    assert one["verdict"] == "identical"
    page = (study.root / "runs" / document["run_id"] / "report.html").read_text()
    assert "How the search went" in page
    assert "It was not measured whether random search" not in page  # it is random search


def test_a_study_goes_on_and_its_reports_agree(study):
    tune(study, "--study", "s", "--trials", "2")
    document = tune(study, "--study", "s", "--trials", "5")
    assert len(document["trials"]) == 5
    again = tune(study, "--study", "fresh", "--trials", "5")
    assert drawn(again) == drawn(document), "in two sessions or in one: the same study"
    assert valid(study.qml("tune", "report", "s", "--json").document) == document
    assert study.qml("tune", "report", document["run_id"], "--json").document == document
    listed = valid(study.qml("tune", "list", "--json").document)
    assert [s["study"] for s in listed["studies"]] == ["fresh", "s"]
    text = study.qml("tune", "report", "s").out
    for part in ("what matters", "best so far", "against random search", "all trials are done"):
        assert part in text
    refused = study.qml("tune", "--study", "s", "--seed", "5", code=2)
    assert "was begun with other settings: tune.seed" in refused.err


def test_random_search_is_run_beside_a_sampler(study):
    document = tune(study, "--sampler", "tpe", "--compare", "random", "--repeats", "2")
    assert [s["name"] for s in document["searches"]] == ["tpe/0", "random/0", "tpe/1", "random/1"]
    assert document["rival"]["trials"] == 4
    assert document["rival"]["regret"]["tpe"]["low"] is not None
    assert document["rival"]["standing"] in {"ahead", "behind", "even"}
    text = study.qml("tune", "report", "--output", "page.html").out
    assert "mean regret" in text
    assert "mean regret" in (study.root / "page.html").read_text()


def test_some_trials_may_fail_and_all_must_not(study):
    (study.root / "flaky.sh").write_text('test "$1" = bad && echo why >&2 && exit 3\necho 1\n')
    space = 'tune.space={x=["good", "bad"]}'
    (study.root / "qml.toml").write_text(TOML.split("[tune.space]", maxsplit=1)[0])
    document = tune(
        study, "--command", "sh flaky.sh {x}", "--set", space, "--trials", "6", "--study", "f"
    )
    failed = [t for t in document["trials"] if t["state"] == "failed"]
    assert failed
    assert all(t["value"] is None and "exit code 3: why" in t["error"] for t in failed)
    assert document["best"]["values"] == {"x": "good"}
    all_bad = study.qml(
        "tune", "--command", "sh flaky.sh {x}", "--set", 'tune.space={x=["bad"]}', code=2
    )
    assert "all 4 trials failed" in all_bad.err
    assert "why" in all_bad.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--sampler", "nope"], "unknown searcher `nope`"),
        (["--command", "echo {y}"], "names {y}"),
        (["--command", "echo"], "does not use `x`"),
        (["--metric-from", "("], "no regular expression"),
        (["--set", "tune.options={nope=1}"], "has no option `nope`"),
        (["--set", "tune.space.x.low=2"], "is above high"),
        (["--max-cost", "5"], "--max-cost cannot hold here"),
    ],
)
def test_what_cannot_work_is_told_before_anything_is_made(study, args, said):
    assert said in study.qml("tune", *args, code=2).err
    assert not study.runs
    assert not (study.root / ".qml").exists()


def test_a_project_that_tunes_nothing_is_told_how(study):
    (study.root / "qml.toml").write_text('[tracking]\nname = "none"\n')
    assert "[tune.space]" in study.qml("tune", code=2).err
    assert "there are no studies yet" in study.qml("tune", "report", code=2).err


def test_a_planned_time_is_no_failure(study):
    document = tune(study, "--budget", "1ms", "--trials", "500")
    assert document["stopped"]["reason"] == "time"
    assert document["metrics"]["trials"] < 500


SLOW = ["--command", "sh -c 'sleep .1; echo {x}'"]


def start(study, *args, runs=4):
    """Begin or resume a study, and wait until there are so many runs."""
    process = subprocess.Popen(
        [QML, *args, "--json"],
        cwd=study.root,
        env=study.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    deadline = time.monotonic() + 60
    while len(study.runs) < runs and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.01)
    assert process.poll() is None
    return process


@pytest.mark.long
def test_ctrl_c_gives_the_best_so_far_and_the_run_goes_on(study):
    process = start(study, "tune", "--study", "s", *SLOW, "--trials", "14")
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    document = valid(json.loads(out))
    assert process.returncode == document["stopped"]["exit_code"] == 130
    assert document["best"] is not None
    assert document["metrics"]["complete"] < 14

    process = start(study, "runs", "resume", document["run_id"], runs=len(study.runs) + 2)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == valid(json.loads(out))["stopped"]["exit_code"] == 130
    resumed = valid(study.qml("runs", "resume", document["run_id"], "--json").document)
    assert resumed["metrics"]["complete"] == 14
    assert len({t["run_id"] for t in resumed["trials"]}) == 14


@pytest.mark.long
@pytest.mark.parametrize("parallel", ["1", "2"])
def test_a_killed_study_goes_on_where_it_was(study, parallel):
    args = ["--study", "s", "--trials", "10", "--parallel", parallel, *SLOW]
    process = start(study, "tune", *args)
    process.kill()
    process.communicate(timeout=60)
    document = tune(study, *args)
    assert document["metrics"]["complete"] == 10
    whole = tune(study, "--study", "whole", "--trials", "10")
    assert [t["values"] for t in document["trials"]] == [t["values"] for t in whole["trials"]]
    assert [t["value"] for t in document["trials"]] == [t["value"] for t in whole["trials"]]
