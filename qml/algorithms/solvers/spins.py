"""A problem as spins, for the annealers of dwave-samplers."""

import dimod
import numpy as np
from dwave.samplers import PathIntegralAnnealingSampler
from dwave.samplers.sa.simulated_annealing import simulated_annealing
from numpy.typing import NDArray

from qml.algorithms.solvers.moves.heat import heat_of
from qml.problems import Arrays


class Spins:
    """Reads of an unconstrained problem; s = 1 - 2 x.

    Args:
        problem: The problem; its groups and limits are not looked at.

    Attributes:
        work: Elementary steps of a sweep: variables, and their couplings from both sides.
    """

    def __init__(self, problem: Arrays) -> None:
        rows, columns = np.nonzero(np.triu(problem.couplings, 1))
        self._size, self._heat = problem.size, heat_of(problem)
        self._fields = -(problem.linear / 2 + problem.couplings.sum(axis=1) / 4)
        self._pairs, self._values = (rows, columns), problem.couplings[rows, columns] / 4
        # dwave-samplers' loop wants Python's numbers; its Sampler class takes 50 times as long
        self._model = (
            self._fields.tolist(),
            rows.tolist(),
            columns.tolist(),
            self._values.tolist(),
        )
        self.work = problem.size + 2 * len(rows)

    def anneal(
        self,
        reads: int,
        sweeps: int,
        rng: np.random.Generator,
        start: NDArray[np.int8] | None = None,
    ) -> NDArray[np.int8]:
        """Anneal from random assignments, the first from `start`; shape (reads, n)."""
        x = rng.integers(0, 2, (reads, self._size)).astype(np.int8)
        if start is not None:
            x[0] = start
        hot, cold = self._heat
        return self._sweep(x, 1 / np.geomspace(hot, cold, sweeps), 1, rng)

    def hold(
        self, x: NDArray[np.int8], heat: float, sweeps: int, rng: np.random.Generator
    ) -> NDArray[np.int8]:
        """Sweep some assignments at one temperature; shape (m, n)."""
        return self._sweep(x, np.array([1.0 / heat]), sweeps, rng)

    def _sweep(
        self,
        x: NDArray[np.int8],
        betas: NDArray[np.float64],
        each: int,
        rng: np.random.Generator,
    ) -> NDArray[np.int8]:
        spins = np.ascontiguousarray(1 - 2 * x, dtype=np.int8)
        seed = int(rng.integers(2**62, 2**63))  # its generator starts slowly from few set bits
        found, _ = simulated_annealing(len(x), *self._model, each, betas.tolist(), seed, spins)
        return np.asarray((1 - found) // 2, dtype=np.int8)

    def worldlines(self, reads: int, sweeps: int, rng: np.random.Generator) -> NDArray[np.int8]:
        """Anneal a transverse field away, by path-integral Monte Carlo; shape (reads, n)."""
        model = dimod.BinaryQuadraticModel.from_numpy_vectors(
            self._fields,
            (*self._pairs, self._values),
            0.0,
            dimod.SPIN,
            variable_order=range(self._size),
        )
        found = PathIntegralAnnealingSampler().sample(
            model, num_reads=reads, num_sweeps=sweeps, seed=int(rng.integers(2**30, 2**31))
        )
        order = [found.variables.index(v) for v in range(self._size)]
        return np.asarray((1 - found.record.sample[:, order]) // 2, dtype=np.int8)
