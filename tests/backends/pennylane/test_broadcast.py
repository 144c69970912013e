import numpy as np

from qml.backends.pennylane.broadcast import broadcast
from qml.circuits import Circuit, Gate


def turn(angle, name="rx"):
    return Circuit.of(1, [Gate("h", (0,)), Gate(name, (0,), (angle,))])


def test_circuits_of_one_structure_go_together():
    groups = list(broadcast([turn(0.1), turn(0.2, "ry"), turn(0.3)], most=10))
    assert [g.rows for g in groups] == [(0, 2), (1,)]
    np.testing.assert_array_equal(groups[0].circuit.gates[1].params[0], [0.1, 0.3])


def test_groups_are_cut():
    groups = list(broadcast([turn(a) for a in (0.1, 0.2, 0.3)], most=2))
    assert [g.rows for g in groups] == [(0, 1), (2,)]
