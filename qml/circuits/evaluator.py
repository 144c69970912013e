"""What an algorithm knows of the world that runs its circuits."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from qml.circuits.circuit import Circuit
from qml.circuits.model import CircuitModel
from qml.circuits.observables import Observable, ZeroProjector
from qml.results.counts import Counts


class DifferentiableCircuit(Protocol):
    """A JAX-transformable function: jit, grad and vjp work on it."""

    def __call__(self, inputs: Any, weights: Any) -> Any:
        """Map inputs (B, features) and weights (weights_shape) to expectations (B, observables)."""
        ...


class OverlapFunction(Protocol):
    """Exact fidelities of a circuit family."""

    def __call__(self, left: Any, right: Any, weights: Any) -> NDArray[np.float64]:
        """Map inputs (M, features) and (N, features) to fidelities (M, N)."""
        ...


class Evaluator(Protocol):
    """Runs circuits somewhere; everything that is submitted passes here."""

    @property
    def exact(self) -> bool:
        """Whether expectations carry no sampling noise."""
        ...

    def expectations(
        self, circuits: Sequence[Circuit], observables: Sequence[Observable | ZeroProjector]
    ) -> NDArray[np.float64]:
        """Measure every observable on every circuit as one submission.

        Returns:
            Shape (circuits, observables).
        """
        ...

    def counts(self, circuits: Sequence[Circuit]) -> list[Counts]:
        """Sample every circuit as one submission, with the backend's shots."""
        ...

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return a JAX function for this model where the backend has one, else None."""
        ...

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return exact state overlaps where the backend has states, else None."""
        ...
