import numpy as np

from qml.backends import overlap
from qml.testing import circuits, reference


def states(batch):
    return np.array([reference.state(c) for c in batch])


def test_chunks_make_no_difference(monkeypatch):
    model = circuits.model()
    random = np.random.default_rng(0)
    x, y, w = random.normal(size=(7, 2)), random.normal(size=(5, 2)), random.normal(size=(2, 3))
    whole = overlap.from_states(model, states)(x, y, w)
    square = overlap.from_states(model, states)(x, x, w)
    monkeypatch.setattr(overlap, "_CHUNK_BYTES", 16 * 8 * 2)
    chunked = overlap.from_states(model, states)
    np.testing.assert_allclose(chunked(x, y, w), whole, atol=1e-14)
    np.testing.assert_allclose(chunked(x, x, w), square, atol=1e-14)
    assert (np.diag(square) == 1).all()
    assert (square == square.T).all()
