"""Work on a simulator of this process: at once, counted, and free."""

from uuid import UUID

import pytest

from qml.backends.registry import open_backend
from qml.circuits import Work, z
from qml.config.sections import BackendSection
from qml.execution.direct import DirectRunner
from qml.execution.meter import UsageMeter
from qml.testing import circuits


@pytest.fixture
def runner():
    return DirectRunner(open_backend(BackendSection(shots=20)), run=UUID(int=1), meter=UsageMeter())


def test_samples_are_counted(runner):
    work = Work(circuits=(circuits.bell(),) * 3, shots=20, seed=1)
    found = runner.run(work, "step/0/0")
    assert [c.shots for c in found.counts] == [20] * 3
    runner.run(work, "step/1/0")
    total = runner._meter.total
    assert (total.submissions, total.circuits, total.shots) == (2, 6, 120)


def test_the_same_seed_is_the_same_sample(runner):
    work = Work(circuits=(circuits.bell(),), shots=20, seed=1)
    assert runner.run(work, "a").counts == runner.run(work, "b").counts


def test_expectations_use_no_shots(runner):
    found = runner.run(Work(circuits=(circuits.bell(),), observables=(z(0),)), "a")
    assert found.expectations == pytest.approx(0, abs=1e-5)
    assert runner._meter.total.shots == 0


def test_nothing_is_spent_and_nothing_is_left_over(runner):
    assert runner.facts() == {}
    runner.finish()
