"""Trials: what ends them, what is told of it, and what is not."""

import os
import signal
import threading
import time
from dataclasses import replace

import pytest

from qml.config import load
from qml.errors import UsageError
from qml.execution.stop import StopRequest
from qml.ports import Silence, SystemClock
from qml.records import RunFolder
from qml.session import World
from qml.tasks import tune
from qml.tasks.tune import perform as performing
from qml.tasks.tune.jobs import Job
from qml.tasks.tune.perform import TRACEBACK, perform

COMMAND = """
[tracking]
name = "none"
[tune]
sampler = "random"
trials = 5
command = "sh -c 'echo at {x}: $SERVER_TOKEN >&2; exit 3'"
[tune.space]
x = { low = 0.0, high = 1.0 }
"""
SAMPLING = """
[tracking]
name = "none"
[tune]
task = "sample"
metric = "solvers.0.best"
[tune.space]
"sample.qubo.solvers" = [["annealing"], ["tabu"]]
[sample]
kind = "qubo"
[sample.qubo]
file = "p.coo"
solvers = ["annealing"]
seconds = 60.0
"""
SECRET = "open-sesame-1234567"


@pytest.fixture
def world():
    return World(environ=dict(os.environ), progress=Silence(), clock=SystemClock())


def study(folder, toml, world):
    (folder / "qml.toml").write_text(toml)
    loaded = load(folder, environ={})
    return loaded, tune.begin(loaded, name=None, world=world)


def job(loaded, run, verb, **config):
    document = {**loaded.config.document(), **config}
    return Job(
        search="s",
        number=0,
        verb=verb,
        name="s-0",
        parent=run.id,
        config=document,
        metric=loaded.config.tune.metric or "value",
    )


class Watcher:
    """Notes the run of a trial."""

    def __init__(self, then=lambda run_id: None):
        self.run_id, self.then = None, then

    def born(self, run_id):
        self.run_id = run_id
        self.then(run_id)

    def report(self, epoch, values):
        return False


def test_what_a_command_says_of_secrets_is_kept_nowhere(tmp_path, world, monkeypatch):
    monkeypatch.setenv("SERVER_TOKEN", SECRET)
    world = replace(world, environ=dict(os.environ))
    loaded, run = study(tmp_path, COMMAND, world)
    with pytest.raises(UsageError, match="all 5 trials failed") as found:
        tune.run(run, loaded.config, tmp_path, world)
    assert "exit code 3: at 0." in found.value.details
    assert SECRET not in found.value.details
    (journal,) = tmp_path.glob(".qml/studies/*.journal")
    assert "exit code 3" in journal.read_text()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


def test_an_unexpected_error_leaves_its_traceback_in_the_run(tmp_path, world, monkeypatch):
    loaded, run = study(tmp_path, COMMAND, world)

    def broken(*args):
        raise KeyError("x")

    monkeypatch.setattr(performing, "_work", broken)
    watcher = Watcher()
    done = perform(job(loaded, run, "trial"), tmp_path, world, watcher)
    assert (done.state, done.error) == ("failed", "KeyError: 'x'")
    kept = (run.path.parent / watcher.run_id / TRACEBACK).read_text()
    assert "in broken" in kept


def interrupt_once_it_solves(runs):
    """Return what sends Ctrl-C to this process as soon as a sampling is at work."""

    def wait(run_id):
        until = time.monotonic() + 60
        while not RunFolder(runs / run_id).manifest()["data"] and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGINT)

    return lambda run_id: threading.Thread(target=wait, args=(run_id,), daemon=True).start()


def test_ctrl_c_ends_a_sampling_and_its_study_and_gives_no_value(tmp_path, world):
    (tmp_path / "p.coo").write_text("0 0 -1.0\n0 1 2.0\n1 1 -1.0\n")
    loaded, run = study(tmp_path, SAMPLING, world)
    one = job(loaded, run, "sample")
    watcher = Watcher(interrupt_once_it_solves(run.path.parent))
    with StopRequest() as stop:
        done = perform(one, tmp_path, world, watcher)
    assert (done.state, done.value) == ("interrupted", None)
    assert stop.requested, "the study hears what its trial heard"
    trial = RunFolder(run.path.parent / watcher.run_id)
    assert trial.manifest()["status"] == "interrupted"

    sample = loaded.config.document()["sample"]
    brief = {**sample, "qubo": {**sample["qubo"], "seconds": 0.1}}
    again = replace(job(loaded, run, "sample", sample=brief), run_id=trial.id)
    watcher = Watcher()
    done = perform(again, tmp_path, world, watcher)
    assert (done.state, done.value, watcher.run_id) == ("complete", -1.0, trial.id)
    assert trial.manifest()["status"] == "finished"
