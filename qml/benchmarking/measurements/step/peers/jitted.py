"""Peers on JAX: the whole step, Adam included, is compiled."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from qml.benchmarking.measurements.step.peers.adam import adam, start
from qml.benchmarking.measurements.step.peers.base import Document, Gradients


class Jitted:
    """A compiled step.

    Args:
        function: Rows (B, n) and weights to expectations (B, n).
        case: The case.
        facts: How it works.
    """

    def __init__(
        self, function: Callable[[Any, Any], Any], case: Document, facts: dict[str, str]
    ) -> None:
        self.facts = {"method": "backprop, compiled by JAX", **facts}
        inputs = jnp.asarray(case["inputs"], jnp.float32)
        self._weights = jnp.asarray(case["weights"], jnp.float32)
        self._state = start(self._weights)._replace(steps=jnp.zeros((), jnp.int32))
        of = (0, 1) if case["inputs_too"] else (0,)

        def loss(w: Any, x: Any) -> Any:
            return (function(x, w) ** 2).sum()

        value_and_grad = jax.value_and_grad(loss, argnums=of)

        def step(w: Any, state: Any) -> Any:
            value, gradients = value_and_grad(w, inputs)
            return adam(w, gradients[0], state), value, gradients

        self._step = jax.jit(step).lower(self._weights, self._state).compile()

    def gradient(self) -> tuple[float, Gradients]:
        """Return loss and gradients at the start."""
        _, value, gradients = self._step(self._weights, self._state)
        return float(value), gradients

    def train(self, steps: int) -> None:
        """Carry steps out."""
        for _ in range(steps):
            (self._weights, self._state), _, _ = self._step(self._weights, self._state)
        jax.block_until_ready(self._weights)
