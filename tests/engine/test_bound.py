"""Bound circuits of unlike structure in one call."""

import numpy as np

from qml.circuits import Circuit, Gate, ZeroProjector, pauli, z
from qml.engine import bound, expectation_values, probabilities
from tests.engine.conftest import default_qubit_state, random_gates


def _circuits(kinds=2, each=3, wires=3):
    found = []
    for i in range(each):
        for kind in range(kinds):
            drawn = random_gates(np.random.default_rng(kind), wires, 6)
            gates = (Gate(n, on, tuple(p + i for p in params)) for n, on, params in drawn)
            found.append(Circuit.of(wires, gates))
    return found


def test_expectation_values_equal_default_qubit():
    circuits = _circuits()
    found = expectation_values(circuits, (z(0), pauli("XX", (1, 2)), ZeroProjector()))
    for circuit, row in zip(circuits, found, strict=True):
        psi = default_qubit_state(circuit)
        index = np.arange(8)
        expected = [
            np.sum(np.abs(psi) ** 2 * (1 - 2 * (index >> 2))),
            np.vdot(psi, psi[index ^ 3]).real,
            abs(psi[0]) ** 2,
        ]
        assert np.allclose(row, expected, atol=1e-5)


def test_probabilities_are_normalised():
    circuits = _circuits(kinds=1)
    found = probabilities(circuits)
    expected = [np.abs(default_qubit_state(c)) ** 2 for c in circuits]
    assert np.allclose(found, expected, atol=1e-5)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-15)


def test_equal_structure_is_one_group_and_compiles_once():
    circuits = _circuits(kinds=1, each=5)
    assert len(bound.group(circuits)) == 1
    bound._probabilities.cache_clear()
    probabilities(circuits)
    probabilities(_circuits(kinds=1, each=4))
    assert bound._probabilities.cache_info().misses == 1


def test_chunks_have_few_sizes():
    pieces = list(bound.chunks(np.arange(11)[:, None], 4))
    assert [(len(rows), used) for rows, used in pieces] == [(4, 4), (4, 4), (4, 3)]


def test_no_circuits():
    assert expectation_values([], (z(0),)).shape == (0, 1)
    assert probabilities([]).shape[0] == 0
