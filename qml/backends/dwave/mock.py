"""D-Wave's own mock, in this process: for tests and rehearsals. It is no annealer."""

from collections.abc import Sequence

import numpy as np
from dwave.system.testing import MockDWaveSampler
from numpy.typing import NDArray

from qml.backends.base import Settings
from qml.backends.dwave.embedding import lay
from qml.backends.local import LocalBackend, Observables
from qml.backends.plugin import Plugin
from qml.circuits import Circuit
from qml.circuits.ising import read_ising
from qml.errors import PlanError
from qml.results.counts import Counts

TOPOLOGY = {"topology_type": "pegasus", "topology_shape": [6]}
"""A machine of 680 qubits."""


class DwaveMock(LocalBackend):
    """D-Wave's mock sampler behind real chains.

    Args:
        plugin: What it says of itself.
        settings: What it was opened with.
    """

    def __init__(self, plugin: Plugin, settings: Settings) -> None:
        super().__init__(plugin, settings)
        self._sampler = MockDWaveSampler(**TOPOLOGY)
        self._section = settings.section.dwave

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Refuse: an annealer has samples alone.

        Raises:
            PlanError: Always.
        """
        del circuits, observables
        raise PlanError(f"`{self.name}` samples; it has no exact expectations")

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Sample every problem; the mock draws nothing that a seed could decide."""
        del seed
        return [self._sample(circuit, shots) for circuit in circuits]

    def _sample(self, circuit: Circuit, shots: int) -> Counts:
        section = self._section
        laid = lay(
            circuit,
            self._sampler.adjacency,
            self._sampler.edgelist,
            chain_strength=section.chain_strength,
            seed=section.embedding_seed,
        )
        problem = read_ising(laid.circuit)
        found = self._sampler.sample_ising(problem.fields, problem.couplings, num_reads=shots)
        order = [found.variables.index(q) for q in laid.qubits]
        bits = ((1 - np.asarray(found.record.sample)[:, order]) // 2).astype(np.int8)
        return laid.read(Counts.from_samples(np.repeat(bits, found.record.num_occurrences, axis=0)))
