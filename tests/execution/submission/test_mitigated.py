"""Variants of circuits are bought like any circuit: once, whatever happens in between."""

import pytest

from qml.circuits import Circuit, Gate, Observable
from qml.config import validate
from qml.execution.mitigated import open_evaluator
from qml.execution.submission.buyer import Policy
from qml.testing.crashes import CrashPoint, FakeCrash

CIRCUITS = [Circuit(2, (Gate("ry", (0,), (0.3 + i,)), Gate("cnot", (0, 1)))) for i in range(2)]
OBSERVABLE = Observable(((2.0, ((0, "Z"),)), (0.5, ((1, "X"),))))


def measured(run, crash=None):
    """Measure as a training does, with a calibration, a pilot, and the rest of the shots."""
    config = validate(
        {
            "backend": {"name": "fake.one", "shots": 100},
            "mitigation": {"method": "readout", "allocation": "neyman", "readout": {"shots": 50}},
        }
    )
    buyer = run.buyer(crash, policy=Policy(on_unknown="resubmit"))
    buyer.recover()
    evaluator = open_evaluator(config, run.backend, buyer, seed=0)
    evaluator.begin("step/1")
    return evaluator.expectations(CIRCUITS, (OBSERVABLE,))


def test_a_second_session_buys_nothing_and_finds_the_same(run):
    first = measured(run)
    bought = len(run.account.jobs)
    assert (measured(run) == first).all()
    assert len(run.account.jobs) == bought
    spent = {row["name"].rsplit("/", 1)[0] for row in run.trail.rows}
    assert {"mitigation/readout/2", "step/1/0"} <= spent


@pytest.mark.parametrize("at", [3, 9, 15, 21, 27])
def test_a_crash_in_between_buys_nothing_twice(run, at):
    with pytest.raises(FakeCrash):
        measured(run, CrashPoint(at))
    found = measured(run)
    keys = [job.key for job in run.account.jobs]
    assert len(keys) == len(set(keys))
    assert (measured(run) == found).all()
