"""The Boltzmann distribution by enumeration, for small problems: what samples are held against."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.target import Target
from qml.errors import PlanError

MOST = 20
"""Most spins that are enumerated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """All states of a target; index i has spin 0 as its most significant bit, 0 for s = +1.

    Attributes:
        energies: Shape (2^n,).
        probabilities: Shape (2^n,), summing to 1.
        log_partition: ln of the sum of exp(-E/T).
    """

    energies: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    log_partition: float

    @classmethod
    def of(cls, target: Target) -> Self:
        """Enumerate a target.

        Raises:
            PlanError: It has too many spins.
        """
        energies = all_energies(target)
        weights = -energies / target.temperature
        top = weights.max()
        shares = np.exp(weights - top)
        return cls(
            energies=energies,
            probabilities=shares / shares.sum(),
            log_partition=float(top + np.log(shares.sum())),
        )

    @property
    def energy(self) -> float:
        """Mean energy."""
        return float(self.probabilities @ self.energies)

    def distance(self, indices: NDArray[np.int64]) -> float:
        """Return the total variation distance between samples and the distribution."""
        found = np.bincount(indices, minlength=len(self.probabilities)) / len(indices)
        return float(np.abs(found - self.probabilities).sum() / 2)

    def expected_distance(self, samples: float) -> float:
        """Return the mean of that distance over so many independent exact samples.

        Half the sum of the mean absolute deviations of binomial counts, de Moivre's formula
        E|X - mp| = 2 k (1 - p) P(X = k) with k = floor(mp) + 1.
        """
        from scipy.stats import binom

        m = max(1, round(samples))
        p = self.probabilities
        k = np.floor(m * p) + 1
        return float((k * (1 - p) * binom.pmf(k, m, p)).sum() / m)


def all_spins(n: int) -> NDArray[np.int8]:
    """Return all states of n spins in the order of their index, shape (2^n, n).

    Raises:
        PlanError: There are too many.
    """
    if n > MOST:
        raise PlanError(f"{n} spins have too many states to be listed; {MOST} is the most")
    return spins_of(np.arange(2**n), n)


def spins_of(index: NDArray[np.int64], n: int) -> NDArray[np.int8]:
    """Return the spins of each index, shape (m,); shape (m, n)."""
    return (1 - 2 * ((index[:, None] >> np.arange(n - 1, -1, -1)) & 1)).astype(np.int8)


def all_energies(target: Target) -> NDArray[np.float64]:
    """Return the energies of all states in the order of their index, shape (2^n,)."""
    return target.energies(all_spins(target.size))


def indices(spins: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return the index of each row of spins, shape (m, n); shape (m,)."""
    n = spins.shape[-1]
    return np.asarray((spins < 0).astype(np.int64) @ (1 << np.arange(n - 1, -1, -1)))
