"""Jobs that are carried out here, and runs that others still have."""

import threading

import pytest

from qml.errors import InterruptedRunError
from qml.records import RunFolder
from qml.session import World
from qml.tasks.fleet.executors import Craft, Ended, InProcess
from qml.tasks.fleet.waiting import await_end


def double(job, root, world, ask):
    del root, world
    return 2 * job + ask("hint", job)


def test_a_job_is_carried_out_and_may_ask(tmp_path):
    heard = []

    def answer(job, kind, value):
        heard.append((job, kind, value))
        return 1

    craft = Craft(perform=double, answer=answer, lost=lambda job, why: -1)
    executor = InProcess(craft, tmp_path, World.default())
    executor.start(4)
    assert executor.running == 1
    assert executor.wait() == Ended(4, 9)
    assert executor.running == 0
    assert heard == [(4, "hint", 4)]


@pytest.fixture
def run(tmp_path):
    return RunFolder.create(tmp_path, name=None, config={}, command="measure")


def test_a_run_of_another_is_waited_for(run):
    threading.Timer(0.2, run.release).start()
    await_end(RunFolder(run.path), lambda: False)
    assert not run.alive()


def test_waiting_ends_when_somebody_asks_to_stop(run):
    with pytest.raises(InterruptedRunError, match=run.id):
        await_end(RunFolder(run.path), lambda: True)
    run.release()
