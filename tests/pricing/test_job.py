from decimal import Decimal

import pytest

from qml.pricing import CircuitSize, JobSize


def test_a_task_for_each_circuit_unless_said_otherwise(job):
    assert job(circuits=4).billed_tasks == 4
    assert job(circuits=4, tasks=1).billed_tasks == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"shots": -1},
        {"tasks": 0},
        {"tasks": 3},
        {"circuits": ()},
        {"circuits": (CircuitSize(one_qubit=-1, two_qubit=0),)},
        {"seconds": Decimal(-1)},
        {"seconds": Decimal("NaN")},
        {"most_seconds": Decimal("Infinity")},
    ],
)
def test_sizes_that_cannot_be_are_refused(wrong):
    size = {"circuits": (CircuitSize(one_qubit=1, two_qubit=0),) * 2, "shots": 1}
    JobSize(**size)
    with pytest.raises(ValueError):
        JobSize(**size | wrong)


def test_floats_are_refused(job):
    with pytest.raises(TypeError, match="Decimal"):
        job(seconds=0.1)
