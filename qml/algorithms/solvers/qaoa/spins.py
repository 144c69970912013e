"""A problem in spins, s = 1 - 2x, as circuits and angles need it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.problems import Arrays


class Spins(NamedTuple):
    """energy(s) = offset + fields . s + sum over pairs of couplings s_i s_j.

    Attributes:
        fields: Shape (n,).
        couplings: Shape (n, n), symmetric with a zero diagonal.
        offset: Constant.
    """

    fields: NDArray[np.float64]
    couplings: NDArray[np.float64]
    offset: float

    @classmethod
    def of(cls, problem: Arrays) -> "Spins":
        """Rewrite an objective; constraints are left out."""
        quarter = problem.couplings / 4
        fields = -problem.linear / 2 - quarter.sum(axis=1)
        constant = problem.offset + problem.linear.sum() / 2 + quarter.sum() / 2
        return cls(fields, quarter, float(constant))

    @property
    def scale(self) -> float:
        """Largest weight, 1 where there is none."""
        most = max(np.abs(self.fields).max(initial=0), np.abs(self.couplings).max(initial=0))
        return float(most) or 1.0

    @property
    def spread(self) -> float:
        """Standard deviation of the energies of all assignments, 1 where they are equal."""
        return float(np.sqrt((self.fields**2).sum() + (self.couplings**2).sum() / 2)) or 1.0

    @property
    def pairs(self) -> list[tuple[int, int, float]]:
        """Coupled wires and their couplings."""
        rows, columns = np.nonzero(np.triu(self.couplings))
        found = zip(rows.tolist(), columns.tolist(), strict=True)
        return [(i, j, float(self.couplings[i, j])) for i, j in found]
