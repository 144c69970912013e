"""Kernel ridge regression whose left-out rows cost nothing: one eigendecomposition for all lambda.

With G = (K + lambda I)^-1 the residual of row i of a machine that never saw it is (G y)_i / G_ii
(R. Rifkin, R. Lippert, MIT-CSAIL-TR-2007-025).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

Matrix = NDArray[np.float64]

RIDGES = (1e-3, 1e-2, 1e-1, 1.0, 10.0)
"""lambda, for kernels of trace N."""


class LeftOut(NamedTuple):
    """Answers to rows that the machine was fitted without.

    Attributes:
        ridge: lambda.
        values: Shape (N, columns).
    """

    ridge: float
    values: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """A kernel as its eigenvalues (N,) and eigenvectors (N, N)."""

    values: Matrix
    vectors: Matrix

    @classmethod
    def of(cls, kernel: Matrix) -> "Spectrum":
        """Decompose a kernel, shape (N, N)."""
        values, vectors = eigh(kernel)
        return cls(np.maximum(values, 0.0), vectors)

    def coefficients(self, targets: Matrix, ridge: float) -> Matrix:
        """Return (K + lambda I)^-1 y, shape (N, columns)."""
        inner = (self.vectors.T @ targets) / (self.values + ridge)[:, None]
        solved: Matrix = self.vectors @ inner
        return solved

    def left_out(self, targets: Matrix, ridge: float) -> LeftOut:
        """Return what machines without the row answer to it."""
        diagonal = np.square(self.vectors) @ (1.0 / (self.values + ridge))
        return LeftOut(ridge, targets - self.coefficients(targets, ridge) / diagonal[:, None])
