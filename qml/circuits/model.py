"""A parametrised circuit with its read-out: what an algorithm trains."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

from qml.circuits.circuit import Circuit
from qml.circuits.observables import Observable, ZeroProjector


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitModel:
    """A family of circuits.

    Attributes:
        wires: Number of wires.
        features: Length of the input vector of one sample.
        weights_shape: Shape of the trainable weights (radians), `(0,)` where there are none.
        build: `(inputs, weights) -> Circuit` for one sample; `inputs` has shape (features,). Must
        work on
            NumPy arrays and on traced JAX arrays, and always give the same gates on the same wires.
        observables: What is measured, in the order of the output columns.
    """

    wires: int
    features: int
    weights_shape: tuple[int, ...]
    build: Callable[[Any, Any], Circuit]
    observables: tuple[Observable | ZeroProjector, ...]

    @property
    def parameters(self) -> int:
        """Number of trainable weights."""
        return prod(self.weights_shape)
