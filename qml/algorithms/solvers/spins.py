"""A problem as spins, for the annealers of dwave-samplers."""

import dimod
import numpy as np
from dwave.samplers import SimulatedAnnealingSampler
from numpy.typing import NDArray

from qml.problems import Arrays


class Spins:
    """Reads of an unconstrained problem; s = 1 - 2 x.

    Args:
        problem: The problem; its groups and limits are not looked at.
    """

    def __init__(self, problem: Arrays) -> None:
        rows, columns = np.nonzero(np.triu(problem.couplings, 1))
        values = problem.couplings[rows, columns]
        self.size = problem.size
        self.model = dimod.BinaryQuadraticModel.from_numpy_vectors(
            -(problem.linear / 2 + problem.couplings.sum(axis=1) / 4),
            (rows, columns, values / 4),
            0.0,
            dimod.SPIN,
            variable_order=range(problem.size),
        )
        self.work = problem.size + 2 * len(values)
        self._sampler = SimulatedAnnealingSampler()

    def anneal(
        self,
        reads: int,
        sweeps: int,
        rng: np.random.Generator,
        start: NDArray[np.int8] | None = None,
    ) -> NDArray[np.int8]:
        """Anneal from random assignments, the first from `start`; shape (reads, n)."""
        spins = 1 - 2 * rng.integers(0, 2, (reads, self.size)).astype(np.int8)
        if start is not None:
            spins[0] = 1 - 2 * start
        found = self._sampler.sample(
            self.model,
            num_reads=reads,
            num_sweeps=sweeps,
            seed=int(rng.integers(2**30, 2**31)),
            initial_states=(spins, range(self.size)),
        )
        return self.bits(found)

    def bits(self, found: dimod.SampleSet) -> NDArray[np.int8]:
        """Return the samples of dimod as bits, in the order of the problem; shape (m, n)."""
        order = [found.variables.index(v) for v in range(self.size)]
        return np.asarray((1 - found.record.sample[:, order]) // 2, dtype=np.int8)
