"""Cells are runs, none of them twice; a cell that ends badly takes no other along."""

import json
import os
import signal
import threading
import time

import pytest
from tasks.bench.conftest import states

from qml.errors import ExitCode
from qml.records import RunFolder
from qml.tasks import bench
from qml.tasks.replay import replay
from qml.tasks.report import write_report
from qml.tasks.resume import resume


def test_each_cell_is_a_run_with_a_manifest_and_is_taken_from_the_cache_next_time(project):
    first = project.run(seeds=2)
    assert states(first) == ["ran"] * 8
    assert first["metrics"] == {
        "cells": 8, "ran": 8, "cached": 0, "skipped": 0, "failed": 0, "open": 0,
    }  # fmt: skip
    assert first["stopped"]["exit_code"] == 0
    for cell in first["cells"]:
        manifest = RunFolder(project.root / "runs" / cell["run_id"]).manifest()
        assert manifest["status"] == "finished"
        assert manifest["parent"] == first["run_id"]
        assert manifest["config"]["train"]["seed"] == cell["seed"]
        assert manifest["packages"], "described as the benchmark is"
    second = project.run(seeds=2)
    assert states(second) == ["cached"] * 8
    assert [c["metrics"] for c in second["cells"]] == [c["metrics"] for c in first["cells"]]
    assert set(project.ended().values()) == {1}


def test_the_run_of_a_cell_is_like_any_other(project):
    run = RunFolder(project.root / "runs" / project.run()["cells"][0]["run_id"])
    assert not run.report_path.exists(), "on demand only"
    assert write_report(run).exists()
    assert replay(run, project.root, project.world)["verdict"] == "identical"


def test_what_changed_is_the_reason_to_run_again(project):
    project.run(models="['quantum']", data="['a']")
    (project.root / "qml.toml").write_text('[tracking]\nname = "none"\n[backend]\nshots = 7\n')
    (cell,) = project.run(models="['quantum']", data="['a']")["cells"]
    assert cell["state"] == "ran"
    assert cell["why"] == "changed: backend.shots 0 -> 7"


def test_a_run_that_was_deleted_is_made_again(project):
    (cell,) = project.run(models="['quantum']", data="['a']")["cells"]
    run = RunFolder(project.root / "runs" / cell["run_id"])
    run.manifest_path.unlink()
    (again,) = project.run(models="['quantum']", data="['a']")["cells"]
    assert (again["state"], again["why"]) == ("ran", f"its run {run.id} is gone")


def test_errors_stay_in_their_cells(project):
    found = project.run(models="['quantum']", data="['fails', 'lacks', 'a']")
    assert states(found) == ["failed", "skipped", "ran"]
    assert found["cells"][0]["why"] == "fails cannot be measured"
    assert "an-extra" in found["cells"][1]["why"]
    assert found["stopped"]["reason"] == "failed"
    assert found["stopped"]["exit_code"] == ExitCode.CHECK_FAILED
    again = project.run(models="['quantum']", data="['fails', 'lacks', 'a']")
    assert states(again) == ["failed", "skipped", "cached"], "what failed is tried once more"


def test_fresh_runs_everything_anew_and_later_benchmarks_find_it(project):
    first = project.run(data="['a']")
    again = project.run(data="['a']", fresh="true")
    assert states(again) == ["ran", "ran"]
    cached = project.run(data="['a']")
    ids = [[c["run_id"] for c in d["cells"]] for d in (first, again, cached)]
    assert ids[2] == ids[1] != ids[0]


def test_a_replay_measures_anew(project):
    found = project.run(data="['a']")
    run = RunFolder(project.root / "runs" / found["run_id"])
    assert replay(run, project.root, project.world)["verdict"] == "identical"
    assert set(project.ended().values()) == {2}


def interrupted(project, **values):
    """Run a benchmark, and interrupt it while it measures its first slow cell."""

    def ask():
        while not any("slow" in line for line in project.log):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    asking = threading.Thread(target=ask)
    asking.start()
    document = project.run(**values)
    asking.join()
    return document


@pytest.mark.parametrize("way", ["resume", "again"])
def test_what_was_interrupted_goes_on_with_the_cell_that_was_under_way(project, way):
    values = {"models": "['quantum']", "data": "['a', 'slow', 'b']"}
    first = interrupted(project, **values)
    assert states(first) == ["ran", "open", "open"]
    assert first["stopped"]["exit_code"] == ExitCode.INTERRUPTED
    run = RunFolder(project.root / "runs" / first["run_id"])
    assert run.manifest()["status"] == "interrupted"
    if way == "resume":
        second = resume(run, project.root, project.world)
        assert second["run_id"] == first["run_id"]
    else:
        second = project.run(**values)
    assert states(second) == ["cached", "ran", "ran"]
    slow = first["cells"][1]["run_id"]
    assert second["cells"][1]["run_id"] == slow
    assert second["cells"][1]["why"] == f"goes on with {slow}"
    assert set(project.ended().values()) == {1}


def test_two_benchmarks_at_a_time_share_their_cells(project):
    values = {"models": "['quantum']", "data": "['slow']"}
    loaded, run = project.begin(**values)
    found = []

    def other():
        found.append(bench.run(run, loaded.config, project.root, project.world).document())

    beside = threading.Thread(target=other)
    beside.start()
    while not any("slow" in line for line in project.log):
        time.sleep(0.01)
    mine = project.run(**values)
    beside.join()
    assert (states(mine), states(found[0])) == (["cached"], ["ran"])
    assert project.ended() == {"slow/quantum/0": 1}


def test_a_plan_tells_what_would_become_of_each_cell(project, check):
    project.run(models="['quantum']", data="['a']")
    document = check(project.plan(data="['a', 'b']", models="['quantum']"))
    rows = [(c["state"], c["why"], c["price"]) for c in document["cells"]]
    assert rows == [("cached", "", None), ("run", "it never ran", None)]
    assert document["counts"] == {"cached": 1, "run": 1, "resume": 0, "refused": 0}
    assert document["cost"] is None
    assert len(project.ended()) == 1, "nothing was run"


def test_a_damaged_entry_is_told(project):
    project.run(models="['quantum']", data="['a']")
    (entry,) = project.root.glob(".qml/cells/*/*.json")
    entry.write_text("{")
    (cell,) = project.run(models="['quantum']", data="['a']")["cells"]
    assert cell["state"] == "failed"
    assert "is damaged" in cell["why"]


def test_a_key_that_is_new_in_qml_empties_no_cache(project):
    project.run(models="['quantum']", data="['a']")
    (entry,) = project.root.glob(".qml/cells/*/*.json")
    document = json.loads(entry.read_text())
    del document["content"]["model.layers"]
    entry.write_text(json.dumps(document))
    assert states(project.run(models="['quantum']", data="['a']")) == ["cached"]
    document["content"]["model.layers"] = 9  # the default was another one
    entry.write_text(json.dumps(document))
    (cell,) = project.run(models="['quantum']", data="['a']")["cells"]
    assert (cell["state"], cell["why"]) == ("ran", "changed: model.layers 9 -> 4")


@pytest.mark.long
def test_side_by_side_but_for_what_measures_time(project):
    data = "['slow1', 'alone1', 'slow2', 'dies', 'alone2']"
    found = project.run(models="['quantum']", data=data, parallel=2)
    assert states(found) == ["ran", "ran", "ran", "failed", "ran"]
    assert "died with exit code -9" in found["cells"][3]["why"]
    events = [line.split()[:2] for line in project.log if "dies" not in line]
    names = [name.partition("/")[0] for _, name in events]
    assert sorted(names[:4]) == ["slow1", "slow1", "slow2", "slow2"]
    assert names[4:] == ["alone1", "alone1", "alone2", "alone2"]
    assert [what for what, _ in events[:2]] == ["begin", "begin"], "two at a time"
