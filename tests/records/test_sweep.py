import os
import random
import signal
import subprocess
import sys
import time

from qml.records import RunFolder, list_runs, sweep

WORK = """
import sys
from pathlib import Path
from qml.records import RunFolder
run = RunFolder.create(Path(sys.argv[1]), name=None, config={"train": {"seed": 1}}, command="train")
print("born", flush=True)
step = 0
while True:
    step += 1
    run.update(metrics={"step": step, "filler": list(range(1000))})
"""

BEAR = """
import sys
from pathlib import Path
from qml.records import RunFolder
print("ready", flush=True)
while True:
    RunFolder.create(Path(sys.argv[1]), name=None, config={}, command="train").release()
"""


def killed_at_random(code, runs, seconds):
    with subprocess.Popen(
        [sys.executable, "-c", code, str(runs)], stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def test_a_run_whose_process_was_killed_is_closed(runs):
    killed_at_random(WORK, runs, 0.2)
    [run] = sweep(runs)
    manifest = run.manifest()
    assert (manifest["status"], manifest["stop_reason"]) == ("killed", "its process died")
    assert manifest["metrics"]["step"] > 0
    assert manifest["end"] >= manifest["start"]
    assert sweep(runs) == []
    run.take()
    assert run.manifest()["status"] == "running"
    run.release()


def test_runs_that_live_or_ended_are_left_alone(run, runs, clock):
    done = RunFolder.create(runs, name="done", config={}, command="train", clock=clock)
    done.finalise("finished")
    assert sweep(runs) == []
    assert run.manifest()["status"] == "running"


def test_killing_at_any_moment_leaves_whole_runs_only(runs):
    for seed in range(6):
        killed_at_random(BEAR, runs, random.Random(seed).uniform(0.0, 0.1))
    swept = sweep(runs)
    entries = list_runs(runs)
    assert len(entries) == len(swept) > 0
    assert all(entry.manifest["status"] == "killed" for entry in entries)


def test_what_was_never_born_is_cleared_away(runs, run):
    unborn = runs / ".new-abc"
    unborn.mkdir()
    (unborn / ".active").touch()
    sweep(runs)
    assert unborn.exists()
    os.utime(unborn, (0, 0))
    sweep(runs)
    assert not unborn.exists()
