"""`jax`: a thin adapter over `qml.engine`."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qml import engine
from qml.backends.base import Settings
from qml.backends.local import LocalBackend, Observables
from qml.backends.plugin import Plugin
from qml.circuits import Circuit, CircuitModel, DifferentiableCircuit, OverlapFunction
from qml.results.counts import Counts


class JaxBackend(LocalBackend):
    """The engine, with threads, precision and compilation cache of the settings.

    Raises:
        UsageError: The number of threads cannot be set any more in this process.
    """

    def __init__(self, plugin: Plugin, settings: Settings) -> None:
        super().__init__(plugin, settings)
        engine.setup(
            threads=self.section.threads,
            cache_dir=Path(settings.cache) if settings.cache else None,
            precision=self.section.precision,
        )

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Return exact expectations, circuits of equal structure as one batch."""
        return engine.expectation_values(circuits, observables, precision=self.section.precision)

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Sample from the exact distributions."""
        return engine.sample(circuits, shots=shots, seed=seed, precision=self.section.precision)

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return the compiled model, or None where expectations are to be sampled."""
        if self.section.shots:
            return None
        return engine.expectations(model, precision=self.section.precision)

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return compiled fidelities, or None where they are to be sampled."""
        if self.section.shots:
            return None
        return engine.overlaps(model, precision=self.section.precision)
