"""Which rotations merge, and which must not."""

import math

import pytest

from qml.circuits import Circuit, Gate
from qml.native.lower import lower
from qml.native.network import Network, Rotation
from qml.native.quaternions import X, Y, Z


def rotations(*steps, wires=3):
    """Two-qubit rotations left of steps like `cnot 01` or `rz 1 0.3`."""
    found = []
    for step in steps:
        name, on, *params = step.split()
        found.append(Gate(name, tuple(map(int, on)), tuple(map(float, params))))
    return len(lower(Circuit.of(wires, found), relabel=False).network.rotations)


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        (("cnot 01", "rz 1 0.3", "cnot 01"), 1),  # PennyLane's and Qiskit's exports of RZZ
        (("cnot 01", "u3 1 0.3 0.4 0.5", "cnot 01"), 1),
        (("cnot 10", "u3 0 0.3 0.4 0.5", "cz 01"), 1),
        (("cnot 01", "cnot 01"), 0),
        (("cnot 01", "rz 0 0.3", "cnot 01"), 0),
        (("cnot 01", "rx 1 0.3", "cnot 01"), 0),
        (("cnot 01", "ry 0 0.3", "cnot 01"), 1),
        (("cnot 01", "ry 0 0.3", "rx 1 0.4", "rz 1 0.4", "cnot 01"), 2),
        (("rzz 01 0.3", "rzz 10 0.4"), 1),
        (("rzz 01 0.3", "rzz 01 -0.3"), 0),
        (("rzz 01 3", "rzz 01 3.283185307179586"), 0),  # a whole period
        (("rzz 01 0.3", "cz 12", "cphase 02 0.1", "rz 0 0.2", "crz 01 0.4"), 3),
        (("rzz 01 0.3", "rx 0 0.2", "rzz 01 0.4"), 1),  # both are controlled by wire 1
        (("rzz 01 0.3", "rx 0 0.2", "rx 1 0.2", "rzz 01 0.4"), 2),
        (("rzz 01 0.3", "rxx 01 0.2", "rzz 01 0.4"), 2),  # XX and ZZ commute
        (("rzz 01 0.3", "cnot 12", "rzz 01 0.4"), 2),  # wire 1 is its control
        (("rzz 01 0.3", "cnot 21", "rzz 01 0.4"), 3),
        (("cnot 01", "cz 12", "cnot 01"), 3),
        (("cnot 01", "cnot 02", "cnot 01"), 1),  # both are controlled by wire 0
        (("cz 01", "cnot 12", "cnot 12", "cz 01"), 0),
    ],
)
def test_merging(steps, left):
    assert rotations(*steps) == left


def test_angles_are_folded_into_a_quarter():
    network = Network(2)
    network.add(Rotation(0, 1, Z, X, 0.7))
    (rotation,) = network.rotations
    assert math.isclose(rotation.angle, 0.2)
    assert [abs(c) for c in network.frames[0]] == [0, 0, 0, 1]
    assert [abs(c) for c in network.frames[1]] == [0, 1, 0, 0]


def test_a_vector_is_changed_only_where_nothing_follows():
    network = Network(3)
    network.add(Rotation(0, 1, Z, X, 0.1))
    network.add(Rotation(1, 2, X, Z, 0.1))
    network.add(Rotation(0, 1, Z, Y, 0.1))
    assert len(network.rotations) == 3
