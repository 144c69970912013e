"""From a circuit model to JAX functions."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from qml.circuits.evaluator import DifferentiableCircuit
from qml.circuits.model import CircuitModel
from qml.engine.observe import expect
from qml.engine.precision import dtypes
from qml.engine.simulate import run


def expectations(model: CircuitModel, *, precision: str = "float32") -> DifferentiableCircuit:
    """Compile a model into a differentiable function.

    Args:
        model: The circuit family and its observables.
        precision: "float32" or "float64".

    Returns:
        `(inputs (B, features), weights (weights_shape)) -> (B, observables)`, for jit, grad and
        vjp.

    Raises:
        CircuitError: `build` cannot be traced, or float64 was not set up.
    """
    state = states(model, precision=precision)

    def function(inputs: Any, weights: Any) -> Any:
        return expect(state(inputs, weights), model.observables)

    return function


def states(model: CircuitModel, *, precision: str = "float32") -> Callable[[Any, Any], Any]:
    """Compile a model into a function that returns its states.

    Returns:
        `(inputs (B, features), weights) -> (B, 2**wires)`, complex, wire 0 most significant.

    Raises:
        CircuitError: `build` cannot be traced, or float64 was not set up.
    """
    real, complex_ = dtypes(precision)

    def function(inputs: Any, weights: Any) -> Any:
        x, w = jnp.asarray(inputs, real), jnp.asarray(weights, real)

        def one(row: Any) -> Any:
            return run(model.build(row, w).gates, model.wires, complex_)

        return jax.vmap(one)(x)

    return function
