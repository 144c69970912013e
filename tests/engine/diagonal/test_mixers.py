"""Mixers against dense matrix exponentials, and undone."""

from functools import reduce

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.linalg import expm

from qml.engine.diagonal import GroverMixer, PairMixer, bits_of, product_start, x_mixer
from qml.engine.diagonal.pairs import exchange_partners

X, Z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])
BETA = 0.37
WIRES = 4


def _on(wire, matrix):
    return reduce(np.kron, [matrix if i == wire else np.eye(2) for i in range(WIRES)])


def _x():
    return x_mixer(WIRES, "float64"), sum(_on(i, X) for i in range(WIRES))


def _warm():
    angles = np.array([0.3, 1.1, 2.0, 2.9])
    dense = sum(_on(i, np.sin(a) * X + np.cos(a) * Z) for i, a in enumerate(angles))
    return x_mixer(WIRES, "float64", angles), dense


def _grover():
    return GroverMixer(), np.full((16, 16), 1 / 16)


def _dense_exchange(i, j):
    y = np.array([[0, -1j], [1j, 0]])
    return (_on(i, X) @ _on(j, X) + _on(i, y) @ _on(j, y)) / 2


@pytest.mark.parametrize("made", [_x, _warm, _grover])
def test_a_mixer_is_the_exponential_of_its_generator(double, made):
    mixer, generator = made()
    rng = np.random.default_rng(0)
    state = rng.normal(size=(2, 16))
    found = np.asarray(jax.jit(mixer.apply)(jnp.asarray(state), BETA))
    wanted = expm(-1j * BETA * generator) @ (state[0] + 1j * state[1])
    assert np.allclose(found[0] + 1j * found[1], wanted, atol=1e-12)
    other = rng.normal(size=(2, 16))
    after = np.asarray(jax.jit(mixer.apply)(jnp.asarray(other), BETA))
    (back, back_other), slope = jax.jit(mixer.pull)(jnp.stack([found, after]), BETA)
    assert np.allclose(back, state, atol=1e-12)
    assert np.allclose(back_other, other, atol=1e-12)
    turned = -1j * generator @ (found[0] + 1j * found[1])
    assert float(slope) == pytest.approx(after[0] @ turned.real + after[1] @ turned.imag)


def test_exchanges_are_the_factors_of_the_xy_mixer(double):
    pairs = [(0, 1), (2, 3), (1, 2)]
    samples = bits_of(np.arange(16), WIRES)
    mixer = PairMixer(partners=jnp.asarray(exchange_partners(samples, pairs)))
    state = np.random.default_rng(0).normal(size=(2, 16))
    wanted = state[0] + 1j * state[1]
    for pair in pairs:
        wanted = expm(-1j * BETA * _dense_exchange(*pair)) @ wanted
    found = np.asarray(jax.jit(mixer.apply)(jnp.asarray(state), BETA))
    assert np.allclose(found[0] + 1j * found[1], wanted, atol=1e-12)
    pair = jnp.stack([jnp.asarray(found), jnp.asarray(found)])
    assert np.allclose(jax.jit(mixer.pull)(pair, BETA)[0][0], state, atol=1e-12)


def test_exchanges_stay_among_the_samples():
    samples = np.array([[0, 0, 1], [0, 1, 0], [1, 0, 0]], dtype=np.int8)
    partners = exchange_partners(samples, [(0, 1), (1, 2)], flips=[0])
    assert partners.tolist() == [[0, 2, 1], [1, 0, 2], [0, 1, 2]]


def test_many_wires_and_no_exchanges():
    samples = np.zeros((3, 100), dtype=np.int8)
    samples[[0, 1, 2], [99, 50, 0]] = 1
    assert exchange_partners(samples, [(0, 99), (0, 1)]).tolist() == [[2, 1, 0], [0, 1, 2]]
    assert exchange_partners(samples, []).shape == (0, 3)


def test_the_start_is_the_top_of_the_mixer(double):
    angles = np.array([0.3, 1.1, 2.0, 2.9])
    start = product_start(WIRES, angles)
    dense = _warm()[1]
    assert np.allclose(dense @ start, WIRES * start)
    assert np.allclose(product_start(WIRES), 0.25)
