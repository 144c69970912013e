"""The protocol of a mixer, and the arithmetic of states as pairs of real arrays."""

from typing import Any, Protocol

import jax.numpy as jnp

from qml.engine.diagonal.angles import cos_sin


class Mixer(Protocol):
    """exp(-i beta B) for a Hermitian B. Mixers are pytrees, so that JAX can pass them around."""

    def apply(self, state: Any, beta: Any) -> Any:
        """Return exp(-i beta B) of a state, shape (2, d)."""
        ...

    def pull(self, pair: Any, beta: Any) -> tuple[Any, Any]:
        """Undo a layer on a state and its cotangent, pair of shape (2, 2, d).

        Returns:
            Both before the layer, and the derivative of the objective by beta.
        """
        ...


def turn(state: Any, angles: Any) -> Any:
    """Multiply a state, (2, ...), by exp(-i angles)."""
    cosine, sine = cos_sin(angles)
    return times(state, cosine, -sine)


def times(state: Any, real: Any, imaginary: Any) -> Any:
    """Multiply a state, (2, ...), by real + i imaginary."""
    re, im = state[0], state[1]
    return jnp.stack([re * real - im * imaginary, re * imaginary + im * real])


def slope(pair: Any, weights: Any) -> Any:
    """Return the derivative by an angle of exp(-i angle weights) after which `pair` stands."""
    (re, im), (slope_re, slope_im) = pair
    return jnp.sum(weights * (slope_re * im - slope_im * re))
