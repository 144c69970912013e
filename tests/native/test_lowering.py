"""SWAPs and the places of wires."""

from qml.native.lowering import Lowering
from qml.native.quaternions import X, Y


def test_swaps_exchange_names():
    lowering = Lowering(3, relabel=True)
    lowering.swap(0, 1)
    lowering.swap(1, 2)
    lowering.turn(0, (0.0, *X))
    assert lowering.places == [1, 2, 0]
    assert lowering.network.frames[1] == (0, 1, 0, 0)
    assert lowering.network.rotations == []


def test_or_are_carried_out():
    lowering = Lowering(2, relabel=False)
    lowering.swap(0, 1)
    assert lowering.places == [0, 1]
    assert len(lowering.network.rotations) == 3


def test_half_a_swap_exchanges_names_too():
    lowering = Lowering(2, relabel=True)
    lowering.rotate(0, X, 1, X, 0.25)
    lowering.rotate(0, Y, 1, Y, 0.25)
    assert lowering.places == [1, 0]
    assert len(lowering.network.rotations) == 1
