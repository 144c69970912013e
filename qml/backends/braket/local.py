"""`braket.local`: Amazon Braket's state-vector simulator in this process, free and offline."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from braket.devices import LocalSimulator
from braket.ir.openqasm import Program
from numpy.typing import NDArray

from qml.backends.base import Settings
from qml.backends.braket.translate import expectations, probabilities
from qml.backends.local import LocalBackend, Observables
from qml.backends.plugin import Plugin
from qml.backends.sampling import draw
from qml.circuits import Circuit
from qml.results.counts import Counts


class Local(LocalBackend):
    """Braket's local simulator; counts are drawn here from its exact probabilities."""

    def __init__(self, plugin: Plugin, settings: Settings) -> None:
        super().__init__(plugin, settings)
        self._simulator = LocalSimulator("braket_sv")

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Return exact expectations; every unlike Pauli string is asked for once a circuit."""
        found = np.zeros((len(circuits), len(observables)))
        for row, circuit in enumerate(circuits):
            source, reader = expectations(circuit, observables)
            found[row] = reader.read(self._values(source) if reader.asked else [])
        return found

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Draw from the exact distribution of every circuit."""
        return [
            draw(self._values(probabilities(circuit))[0], shots, [seed, row])
            for row, circuit in enumerate(circuits)
        ]

    def _values(self, source: str) -> list[Any]:
        values: list[Any] = self._simulator.run(Program(source=source), shots=0).result().values
        return values
