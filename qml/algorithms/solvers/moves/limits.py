"""Linear limits as penalties of a walk: how far an assignment is from keeping them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.problems import Arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """The limits of a problem, each with a price per unit of its violation.

    Attributes:
        weights: Shape (n, l).
        low: Shape (l,).
        high: Shape (l,).
        price: Shape (l,).
    """

    weights: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    price: NDArray[np.float64]

    def penalties(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the penalty of weighted sums, shape (..., l); shape (...)."""
        beyond = np.maximum(values - self.high, 0.0) + np.maximum(self.low - values, 0.0)
        return np.asarray(beyond @ self.price)


def fence_of(problem: Arrays, strength: float = 2.0) -> Fence:
    """Return the limits of a problem.

    Args:
        problem: The problem.
        strength: Price of violating a limit by the typical weight of one variable, in units of the
            typical change of the objective by a flip.
    """
    weights = np.zeros((problem.size, len(problem.limits)))
    for i, limit in enumerate(problem.limits):
        weights[:, i] = limit.weights
    swing = np.abs(problem.linear) + np.abs(problem.couplings).sum(axis=1) / 2
    change = float(swing.max(initial=0.0)) or 1.0
    typical = np.array([np.median(np.abs(w[w != 0])) for w in weights.T])
    return Fence(
        weights=weights,
        low=np.array([limit.low for limit in problem.limits]),
        high=np.array([limit.high for limit in problem.limits]),
        price=strength * change / typical,
    )
