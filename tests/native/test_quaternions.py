"""Quaternions against the matrices they stand for."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qml.circuits.gates import matrix
from qml.native.quaternions import (
    IDENTITY,
    X,
    Y,
    Z,
    about,
    about_z,
    cross,
    halfway,
    inverse,
    multiply,
    orthogonal,
    parallel,
    pull_back,
    rotate,
    z_angle,
)

PAULIS = [matrix(p) for p in "xyz"]


def gate(q):
    return q[0] * np.eye(2) - 1j * sum(c * p for c, p in zip(q[1:], PAULIS, strict=True))


def operator(axis):
    return sum(c * p for c, p in zip(axis, PAULIS, strict=True))


unit_quaternions = (
    st.tuples(*[st.floats(-1, 1)] * 4)
    .filter(lambda q: math.hypot(*q) > 0.1)
    .map(lambda q: tuple(c / math.hypot(*q) for c in q))
)


@given(unit_quaternions, unit_quaternions)
def test_products(left, right):
    assert np.allclose(gate(multiply(left, right)), gate(left) @ gate(right), atol=1e-14)
    assert np.allclose(multiply(left, inverse(left)), IDENTITY, atol=1e-14)


@given(unit_quaternions)
def test_axes_move_as_operators_do(q):
    for axis in (X, Y, Z, (0.6, 0.0, 0.8)):
        forward = gate(q) @ operator(axis) @ gate(inverse(q))
        assert np.allclose(operator(rotate(q, axis)), forward, atol=1e-14)
        assert np.allclose(rotate(q, pull_back(q, axis)), axis, atol=1e-14)


def test_rotations_are_those_of_the_gate_set():
    for name, axis in (("rx", X), ("ry", Y), ("rz", Z)):
        assert np.allclose(gate(about(axis, 0.7)), matrix(name, (0.7,)))
    assert about_z(0.7) == about(Z, 0.7)
    assert math.isclose(z_angle(about_z(0.7)), 0.7)


@given(unit_quaternions)
def test_halfway_twice_is_all_the_way(q):
    axis, angle = halfway(q)
    half = about(axis, angle)
    assert np.allclose(multiply(half, half), q, atol=1e-12)


@given(unit_quaternions, st.sampled_from([1.0, 1e-6, 1e-11, 1e-13, 0.0]))
def test_cross_is_at_right_angles_to_both_however_close_they_are(q, apart):
    left = rotate(q, Z)
    right = rotate(multiply(about(Y, apart), q), Z)
    found = cross(left, right)
    assert abs(np.linalg.norm(found) - 1) < 1e-15
    assert abs(np.dot(found, right)) < 1e-12
    assert abs(np.dot(found, left)) < 1e-12


def test_no_rotation_has_a_root():
    axis, angle = halfway(IDENTITY)
    assert angle == 0
    assert math.hypot(*axis) == 1


def test_parallel_and_orthogonal():
    assert parallel(X, X) == 1
    assert parallel(X, (-1.0, 0.0, 0.0)) == -1
    assert parallel(X, (1.0, 1e-9, 0.0)) == 0
    assert orthogonal(X, Z)
    assert not orthogonal(X, (1e-9, 0.0, 1.0))
