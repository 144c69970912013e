"""Fidelities against the definition."""

import numpy as np

from qml.circuits import CircuitModel
from qml.engine import overlap, overlaps
from tests.engine.conftest import default_qubit_state, ring

WEIGHTS = np.random.default_rng(1).normal(size=(2, 3, 3))


def _model():
    return CircuitModel(
        wires=3,
        features=3,
        weights_shape=WEIGHTS.shape,
        build=lambda x, w: ring(3, 2, x, w),
        observables=(),
    )


def _reference(left, right):
    a, b = (
        np.array([default_qubit_state(ring(3, 2, row, WEIGHTS)) for row in rows])
        for rows in (left, right)
    )
    return np.abs(a @ b.conj().T) ** 2


def test_overlaps_in_chunks(monkeypatch):
    monkeypatch.setattr(overlap, "_MOST_ROWS", 4)
    random = np.random.default_rng(0)
    left, right = random.normal(size=(6, 3)), random.normal(size=(5, 3))
    found = overlaps(_model())(left, right, WEIGHTS)
    assert np.allclose(found, _reference(left, right), atol=1e-5)


def test_one_set_gives_an_exactly_symmetric_matrix():
    rows = np.random.default_rng(0).normal(size=(7, 3))
    found = overlaps(_model())(rows, rows, WEIGHTS)
    assert np.array_equal(found, found.T)
    assert np.array_equal(np.diag(found), np.ones(7))
    assert np.allclose(found, _reference(rows, rows), atol=1e-5)
