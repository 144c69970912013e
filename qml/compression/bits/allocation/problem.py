"""The problem: one format for each unit, as little harm as possible, within a budget of bits."""

from dataclasses import dataclass
from functools import reduce
from math import gcd
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Choice: TypeAlias = NDArray[np.int64]
"""Column of each unit's format, shape (units,)."""

_WHOLE = 2.0**53
"""Up to here every whole number is a float64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions:
    """Pair terms of CLADO (Deng et al., arXiv:2307.05657), reduced to one measured format.

    Units i and j in formats a and b add reach[i, a] reach[j, b] extra[i, j].

    Attributes:
        extra: Shape (units, units), symmetric with a zero diagonal (nats).
        reach: How far a format takes the interactions of a unit, shape (units, formats): 1 in the
            format that was measured, 0 where nothing was measured or nothing changes.
    """

    extra: NDArray[np.float64]
    reach: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """minimise sum_i costs[i, a_i] (+ pair terms) subject to sum_i sizes[i, a_i] <= budget.

    Attributes:
        costs: Shape (units, formats); infinite where a format does not fit (nats).
        sizes: Shape (units, formats) (bits).
        budget: Most bits of all units.
        pairs: Pair terms, or None where the objective is additive.
    """

    costs: NDArray[np.float64]
    sizes: NDArray[np.float64]
    budget: float
    pairs: Interactions | None = None

    def objective(self, choice: Choice) -> float:
        """Return what an allocation costs (nats)."""
        rows = np.arange(len(choice))
        found = float(self.costs[rows, choice].sum())
        if self.pairs is not None:
            reach = self.pairs.reach[rows, choice]
            found += float(reach @ self.pairs.extra @ reach) / 2
        return found

    def size(self, choice: Choice) -> float:
        """Return what an allocation takes (bits)."""
        return float(self.sizes[np.arange(len(choice)), choice].sum())

    def fits(self, choice: Choice) -> bool:
        """Whether an allocation keeps the budget and uses formats that fit."""
        rows = np.arange(len(choice))
        return self.size(choice) <= self.budget and bool(
            np.isfinite(self.costs[rows, choice]).all()
        )

    def changes(self, choice: Choice) -> NDArray[np.float64]:
        """Return how the objective changes where one unit moves, shape (units, formats)."""
        rows = np.arange(len(choice))
        found = self.costs - self.costs[rows, choice][:, None]
        if self.pairs is not None:
            reach = self.pairs.reach
            here = reach[rows, choice]
            found = found + (reach - here[:, None]) * (self.pairs.extra @ here)[:, None]
        return np.asarray(found)

    def smallest(self) -> Choice:
        """Return the smallest allocation; of equal sizes the least cost."""
        return self._extreme(self.sizes)

    def largest(self) -> Choice:
        """Return the largest allocation; of equal sizes the least cost."""
        return self._extreme(-self.sizes)

    def _extreme(self, keys: NDArray[np.float64]) -> Choice:
        keys = np.where(np.isfinite(self.costs), keys, np.inf)
        least = keys.min(axis=1, keepdims=True)
        return np.asarray(np.argmin(np.where(keys == least, self.costs, np.inf), axis=1))

    def unit(self) -> float:
        """Return the largest number of bits that all sizes are multiples of; 1.0 if none is."""
        used = self.sizes[np.isfinite(self.costs)]
        if (used != np.round(used)).any() or used.sum() >= _WHOLE:
            return 1.0
        return float(reduce(gcd, (int(size) for size in np.unique(used)), 0) or 1)
