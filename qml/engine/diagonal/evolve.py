"""Layers of phases and mixers, and their derivative by running backwards."""

from typing import Any

import jax
import jax.numpy as jnp

from qml.engine.diagonal.mixers import Mixer, slope, turn


def evolve(start: Any, costs: Any, mixer: Mixer, gammas: Any, betas: Any) -> Any:
    """Return the state after all layers.

    Layers are unitary: the derivative walks back with two states, the layers' own and its
    cotangent, instead of keeping a state of each layer.

    Args:
        start: State before, (2, d).
        costs: Diagonal, (d,).
        mixer: What follows each phase.
        gammas: Angles of the phases, (layers,).
        betas: Angles of the mixers, (layers,).

    Returns:
        Shape (2, d). It can be differentiated by the angles alone.
    """
    return _reversible(start, costs, mixer, gammas, betas)


def _layers(start: Any, costs: Any, mixer: Mixer, gammas: Any, betas: Any) -> Any:
    def layer(state: Any, angles: Any) -> tuple[Any, None]:
        gamma, beta = angles
        return mixer.apply(turn(state, gamma * costs), beta), None

    return jax.lax.scan(layer, start, (gammas, betas))[0]


def _forward(start: Any, costs: Any, mixer: Mixer, gammas: Any, betas: Any) -> Any:
    state = _layers(start, costs, mixer, gammas, betas)
    return state, (state, costs, mixer, gammas, betas)


def _backward(saved: Any, cotangent: Any) -> Any:
    state, costs, mixer, gammas, betas = saved

    def layer(pair: Any, angles: Any) -> tuple[Any, Any]:
        gamma, beta = angles
        pair, by_beta = mixer.pull(pair, beta)
        by_gamma = slope(pair, costs)
        before = [turn(part, -gamma * costs) for part in pair]
        return jnp.stack(before), (by_gamma, by_beta)

    pair = jnp.stack([state, cotangent])
    _, slopes = jax.lax.scan(layer, pair, (gammas, betas), reverse=True)
    return None, None, None, *slopes


_reversible = jax.custom_vjp(_layers)
_reversible.defvjp(_forward, _backward)


def probabilities(state: Any) -> Any:
    """Return the probability of each index, (d,)."""
    return state[0] ** 2 + state[1] ** 2
