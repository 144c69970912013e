"""Decompositions multiply out to what was decomposed, with the coordinates of the literature."""

import numpy as np
import pytest
from scipy.stats import unitary_group

from qml.circuits.gates import matrix
from qml.errors import QmlError
from qml.native.cartan import PAULIS, cartan


def gate(q):
    return q[0] * np.eye(2) - 1j * np.tensordot(q[1:], PAULIS, axes=1)


def assemble(found):
    core = np.eye(4, dtype=complex)
    for c, p in zip(found.coordinates, PAULIS, strict=True):
        core = (np.cos(np.pi * c) * np.eye(4) - 1j * np.sin(np.pi * c) * np.kron(p, p)) @ core
    after, before = found.after, found.before
    return (
        np.kron(gate(after[0]), gate(after[1])) @ core @ np.kron(gate(before[0]), gate(before[1]))
    )


def error(one, other):
    overlap = np.vdot(one, other)
    return np.abs(one * overlap / abs(overlap) - other).max()


@pytest.mark.parametrize("seed", range(20))
def test_random_gates(seed):
    gate = unitary_group.rvs(4, random_state=seed)
    found = cartan(gate)
    assert error(assemble(found), gate) < 1e-13
    assert error(assemble(found.swapped()), matrix("swap") @ gate) < 1e-13
    assert found.rotations == 3


@pytest.mark.parametrize(
    ("name", "params", "coordinates"),
    [
        ("cnot", (), [0, 0, 0.25]),
        ("cz", (), [0, 0, 0.25]),
        ("swap", (), [0.25, 0.25, 0.25]),
        ("iswap", (), [0, 0.25, 0.25]),
        ("rxx", (0.3,), [0, 0, 0.15 / np.pi]),
        ("rzz", (0.0,), [0, 0, 0]),
    ],
)
def test_known_coordinates(name, params, coordinates):
    found = cartan(matrix(name, params))
    assert error(assemble(found), matrix(name, params)) < 1e-13
    assert np.allclose(sorted(np.abs(found.coordinates)), coordinates, atol=1e-13)


@pytest.mark.parametrize("seed", range(10))
def test_products_of_one_qubit_gates_entangle_nothing(seed):
    one, other = unitary_group.rvs(2, size=2, random_state=seed)
    found = cartan(np.kron(one, other))
    assert found.rotations == 0
    assert error(assemble(found), np.kron(one, other)) < 1e-12


def test_what_is_not_unitary_is_refused():
    with pytest.raises(QmlError, match="could not be decomposed"):
        cartan(np.array(np.random.default_rng(0).normal(size=(4, 4)), dtype=complex))
