"""Grover's mixer: all assignments of equal cost keep equal amplitudes."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp

from qml.engine.diagonal.mixers import times


@jax.tree_util.register_dataclass
@dataclass(frozen=True, slots=True)
class GroverMixer:
    """B = |s><s|, s the uniform superposition of all assignments that are kept.

    Bärtschi and Eidenbenz, QCE 2020, arXiv:2006.00354.
    """

    def apply(self, state: Any, beta: Any) -> Any:
        """Return exp(-i beta B) of a state, shape (2, d)."""
        middle = state.mean(axis=1, keepdims=True)
        return state + times(middle, jnp.cos(beta) - 1, -jnp.sin(beta))

    def pull(self, pair: Any, beta: Any) -> tuple[Any, Any]:
        """Undo a layer on a state and its cotangent; see `Mixer.pull`."""
        (re, im), (slope_re, slope_im) = pair.sum(axis=2)
        found = (slope_re * im - slope_im * re) / pair.shape[2]
        return jnp.stack([self.apply(part, -beta) for part in pair]), found
