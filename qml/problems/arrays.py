"""The numbers of a model: what solvers compute with."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.problems.structure import Group, Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrays:
    """objective(x) = offset + linear . x + x^T couplings x / 2 over x in {0, 1}^n, to be minimised.

    Attributes:
        names: Variables of the model, in the order of the arrays.
        linear: Shape (n,).
        couplings: Shape (n, n), symmetric with a zero diagonal.
        offset: Constant.
        groups: Constraints on numbers of ones.
        limits: Other linear constraints.
        spin: Whether the model was written in spins; then x = 0 is s = +1 and x = 1 is s = -1.
    """

    names: tuple[Hashable, ...]
    linear: NDArray[np.float64]
    couplings: NDArray[np.float64]
    offset: float
    groups: tuple[Group, ...] = ()
    limits: tuple[Limit, ...] = ()
    spin: bool = False

    @property
    def size(self) -> int:
        """Number of variables."""
        return len(self.names)

    @property
    def constrained(self) -> bool:
        """Whether not every assignment is allowed."""
        return bool(self.groups or self.limits)

    def objectives(self, samples: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return the objective of each sample, shape (m, n); shape (m,)."""
        x = samples.astype(np.float64)
        quadratic = np.einsum("mi,mi->m", x @ self.couplings, x) / 2
        return np.asarray(quadratic + x @ self.linear + self.offset)

    def feasible(self, samples: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Tell for each sample, shape (m, n), whether all constraints hold; shape (m,)."""
        found = np.ones(len(samples), dtype=bool)
        for group in self.groups:
            found &= group.holds(samples)
        for limit in self.limits:
            found &= limit.holds(samples)
        return found
