"""How far counts may lie from a distribution before a test fails."""

from math import ceil, log, sqrt

import numpy as np
from numpy.typing import NDArray

from qml.results.counts import Counts

ERROR_RATE = 1e-6
"""Probability that a right backend fails one statistical test."""


def distance_bound(outcomes: int, shots: int, *, error_rate: float = ERROR_RATE) -> float:
    """Return the total variation distance that counts exceed with probability `error_rate`.

    With L1 error e over K outcomes, n >= 2 (K ln 2 + ln(1/delta)) / e**2; the distance is e/2
    (Weissman et al., 2003, HPL-2003-97).
    """
    return sqrt(2 * (outcomes * log(2) + log(1 / error_rate)) / shots) / 2


def distance(counts: Counts, distribution: NDArray[np.float64]) -> float:
    """Return the total variation distance of counts from a distribution by index."""
    return float(np.abs(counts.probabilities() - distribution).sum() / 2)


def shots_needed(outcomes: int, epsilon: float, delta: float) -> int:
    """Return the shots after which frequencies lie within `epsilon` of the truth.

    n = 2 (K ln 2 + ln(1/delta)) / epsilon**2, whatever the distribution (Weissman et al., 2003,
    HPL-2003-97).

    Args:
        outcomes: K, the number of outcomes, at least 2.
        epsilon: L1 error, twice the total variation distance, above 0.
        delta: Probability that the error is larger, 0 to 1.
    """
    return ceil(2 * (outcomes * log(2) + log(1 / delta)) / epsilon**2)
