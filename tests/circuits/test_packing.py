"""Circuits side by side are the circuits, one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.circuits import Circuit, Gate
from qml.circuits.packing import pack
from qml.results.counts import Counts
from qml.testing import reference


def _circuit(wires: int, angle: float) -> Circuit:
    gates = [Gate("ry", (w,), (angle * (w + 1),)) for w in range(wires)]
    gates += [Gate("cnot", (w, w + 1)) for w in range(wires - 1)]
    return Circuit.of(wires, gates)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=6), st.integers(3, 8))
def test_every_circuit_lies_whole_on_one_register_in_order(widths, qubits):
    packing = pack([_circuit(w, 0.3) for w in widths], qubits)
    assert [wires for _, _, wires in packing.places] == widths
    assert all(c.wires <= qubits for c in packing.circuits)
    ends = {}
    for wide, first, wires in packing.places:
        assert first == ends.get(wide, 0)
        ends[wide] = first + wires
    assert [ends[i] for i in range(len(packing.circuits))] == [c.wires for c in packing.circuits]
    assert sum(len(c.gates) for c in packing.circuits) == sum(2 * w - 1 for w in widths)


def test_distributions_are_those_of_the_circuits_alone():
    small = [_circuit(2, 0.4), _circuit(3, 1.1), _circuit(1, 2.0)]
    packing = pack(small, 6)
    (wide,) = packing.circuits
    shots = 10**6
    exact = np.rint(shots * reference.probabilities(wide)).astype(int)
    tally = {format(i, "06b"): int(n) for i, n in enumerate(exact) if n}
    parts = packing.unpack([Counts(6, tally)])
    for counts, circuit in zip(parts, small, strict=True):
        assert counts.shots == pytest.approx(shots, rel=1e-4)
        np.testing.assert_allclose(
            counts.probabilities(), reference.probabilities(circuit), atol=1e-4
        )
