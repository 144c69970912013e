"""Angles that copy an element of the inputs or weights are found, others are computed."""

import jax.numpy as jnp
import numpy as np

from qml.circuits import Circuit, CircuitModel, Gate, trace, z
from qml.engine.selection import select


def _select(angles):
    model = CircuitModel(
        wires=1,
        features=3,
        weights_shape=(2, 2),
        build=lambda x, w: Circuit.of(1, [Gate("ry", (0,), (a,)) for a in angles(x, w)]),
        observables=(z(0),),
    )
    return select(model, trace(model))


def test_copies_by_every_kind_of_indexing():
    found = _select(
        lambda x, w: [
            w[1, 0], w[0][1], w.reshape(-1)[3], w.T[0, 1], x[2], x[::-1][0], w[-1, -1],
            jnp.take(w, 1), jnp.concatenate([x, w[0]])[4],
        ]
    )  # fmt: skip
    assert found.known.all()
    assert found.weights[[0, 1, 2, 3, 6, 7, 8]].tolist() == [2, 1, 3, 2, 3, 1, 1]
    assert found.inputs[[4, 5]].tolist() == [2, 2]


def test_computed_angles():
    found = _select(lambda x, w: [2 * w[0, 0], x[0] * w[0, 0], w.sum(), jnp.sin(x[1]), w[0, 0]])
    assert found.known.tolist() == [False, False, False, False, True]


def test_an_index_that_depends_on_the_inputs_is_no_copy():
    found = _select(lambda x, w: [w.reshape(-1)[jnp.argmax(x)], x[0]])
    assert found.known.tolist() == [False, True]


def test_no_angles():
    assert np.array_equal(_select(lambda x, w: []).known, [])
