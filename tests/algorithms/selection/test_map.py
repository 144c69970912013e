"""The picture keeps what the plane can keep, and never flips."""

import numpy as np

from qml.algorithms.selection.map import plane


def test_points_of_a_plane_keep_their_distances():
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(6, 2))
    turned = flat @ np.linalg.qr(rng.normal(size=(5, 2)))[0].T
    found = np.array(plane(turned))
    before = np.linalg.norm(flat[:, None] - flat, axis=2)
    after = np.linalg.norm(found[:, None] - found, axis=2)
    assert np.allclose(before, after, atol=1e-3)


def test_the_order_of_rows_does_not_turn_the_picture():
    rows = np.random.default_rng(1).normal(size=(5, 4))
    assert sorted(plane(rows)) == sorted(plane(rows[::-1]))


def test_one_answer_and_one_dimension_are_no_trouble():
    assert plane(np.ones((1, 3))) == [(0.0, 0.0)]
    assert len(plane(np.arange(3.0)[:, None])) == 3
