"""Counting follows the same decisions as writing."""

import math

import numpy as np
import pytest

from qml.circuits import Circuit, Gate
from qml.native import compile_native, count_native
from qml.native.lower import lower
from qml.native.pulses import axes_after, to_equator, to_pole
from qml.native.quaternions import X, Y, Z

TILTED = (0.6, 0.0, 0.8)


@pytest.mark.parametrize(
    ("pole", "axis", "pulses"),
    [(Z, Z, 0), (Z, (0.0, 0.0, -1.0), 0), (Z, X, 1), (X, Z, 1), (Z, TILTED, 2), (X, TILTED, 2)],
)
def test_pulses_to_the_pole(pole, axis, pulses):
    assert to_pole(pole, axis) == pulses


def test_the_equator_is_reached_with_the_next_axis_in_mind():
    assert to_equator(Z, X, Y) is Z
    assert np.dot(to_equator(Z, TILTED, Y), TILTED) == pytest.approx(0, abs=1e-15)
    pole = to_equator(Z, Z, TILTED)
    assert np.dot(pole, Z) == np.dot(pole, TILTED) == 0
    assert math.hypot(*to_equator(Z, Z, Z)) == 1


def test_the_next_axis_is_the_next_different_one():
    gates = [Gate("rzz", (0, 1), (0.3,)), Gate("rzz", (0, 2), (0.3,)), Gate("rxx", (0, 1), (0.3,))]
    network = lower(Circuit.of(3, gates), relabel=True).network
    assert [first for first, _ in axes_after(network)] == [X, X, Z]


@pytest.mark.parametrize("gateset", ["aria", "forte"])
def test_a_wire_of_many_gates_is_counted_as_it_is_written(gateset):
    """A hub meets eighty angles beyond a quarter: rounding must not turn into pulses."""
    random = np.random.default_rng(0)
    gates = [Gate("h", (0,))]
    for _ in range(4):
        gates += [Gate("rzz", (0, w), (random.uniform(-9, 9),)) for w in range(1, 21)]
        gates += [Gate("rx", (w,), (0.3,)) for w in range(21)]
    circuit = Circuit.of(21, gates)
    native = compile_native(circuit, gateset)
    assert count_native(circuit, gateset) == (native.one_qubit, native.two_qubit)
    assert sum(g.wires == (0,) for g in native.circuit.gates) <= (9 if gateset == "forte" else 6)
