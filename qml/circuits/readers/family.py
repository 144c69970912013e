"""From a slow, SDK-bound `build` to one that is fast on numbers and traceable by JAX."""

from dataclasses import replace
from typing import Any

import jax
import numpy as np

from qml.circuits.circuit import Circuit
from qml.circuits.model import CircuitModel
from qml.circuits.template import trace


def compiled(model: CircuitModel) -> CircuitModel:
    """Trace the model once; circuits for numbers are then bound without the SDK.

    The gates of a bound circuit are those of the traced one, whatever the numbers are: an SDK may
    leave gates out where an angle happens to be zero.

    Raises:
        CircuitError: The circuit's structure depends on values.
    """
    template = trace(model)
    angles = jax.jit(template.angles)

    def build(inputs: Any, weights: Any) -> Circuit:
        if isinstance(inputs, jax.core.Tracer) or isinstance(weights, jax.core.Tracer):
            return model.build(inputs, weights)
        return template.bind(np.asarray(angles(inputs, weights), dtype=np.float64))

    return replace(model, build=build)
