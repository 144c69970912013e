"""`qml bench` from the command line: killed at any moment, it repeats nothing that ended."""

import json
import random
import signal
import time
from collections import Counter

import pytest

from qml.testing import fake_suite

SLOW = ("--models", "quantum", "--seeds", "1", "--quiet", "--json")


def ended(project):
    path = project.root / fake_suite.LOG
    lines = path.read_text().splitlines() if path.exists() else []
    return Counter(line.split()[1] for line in lines if line.startswith("end"))


def document(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out)


def test_killed_and_resumed_it_goes_on(bench):
    args = ("--data", "a,slow,b", *SLOW)
    process = bench.start("bench", *args)
    deadline = time.monotonic() + 60
    log = bench.root / fake_suite.LOG
    while time.monotonic() < deadline and not (log.exists() and "slow" in log.read_text()):
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert ended(bench) == {"a/quantum/0": 1}
    before = {run.name for run in bench.runs}
    found = document(bench.start("bench", "--resume", *args))
    assert found["run_id"] in before, "the same run"
    assert [c["state"] for c in found["cells"]] == ["cached", "ran", "ran"]
    assert found["cells"][1]["run_id"] in before
    assert set(ended(bench).values()) == {1}


@pytest.mark.long
def test_ctrl_c_is_130_and_the_run_goes_on(bench):
    process = bench.start("bench", "--data", "slow,b", "--parallel", "2", *SLOW[:-1])
    log = bench.root / fake_suite.LOG
    while not (log.exists() and "slow" in log.read_text()):
        time.sleep(0.01)
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    outcomes = [json.loads(path.read_text()) for path in bench.root.glob("runs/*/outcome.json")]
    (outcome,) = [found for found in outcomes if found["schema"] == "qml.bench/1"]
    assert outcome["stopped"]["reason"] == "interrupted"
    found = bench.qml("runs", "resume", outcome["run_id"], "--json").document
    assert found["stopped"]["reason"] == "done"
    assert all(first["run_id"] in {None, cell["run_id"]} for first, cell in pairs(outcome, found))


def pairs(first, second):
    return zip(first["cells"], second["cells"], strict=True)


@pytest.mark.long
@pytest.mark.parametrize("parallel", ["1", "2"])
def test_a_storm_of_kills_repeats_nothing_that_ended(bench, parallel):
    rng = random.Random(int(parallel))
    args = ("--data", "a,slow1,b,slow2,c,slow3", "--parallel", parallel, *SLOW)
    for _ in range(8):
        process = bench.start("bench", *args)
        time.sleep(rng.uniform(0.5, 4.0))
        process.kill()
        process.communicate()
    found = document(bench.start("bench", *args))
    assert {c["state"] for c in found["cells"]} <= {"cached", "ran"}
    assert set(ended(bench).values()) == {1}
    assert len(ended(bench)) == 6
