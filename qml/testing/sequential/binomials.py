"""Each outcome on its own, exactly: the tails of its binomial, with Bonferroni's factor.

It is the test that belongs to the interval of Clopper and Pearson (Biometrika 26 (1934) 404). It
finds what few outcomes carry, where bounds over all sets of outcomes find what many carry.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc

from qml.testing.sequential.projection import FLOOR


def rarest(tally: NDArray[np.int64], expected: NDArray[np.float64], tolerance: float) -> float:
    """Return a p-value of the outcome that is the most too frequent or too rare.

    Args:
        tally: Counts by index, shape (K,).
        expected: Probabilities by index, shape (K,).
        tolerance: Total variation distance of a right program: each probability may be off by it.
    """
    shots = int(tally.sum())
    most, least = np.clip([expected + tolerance, expected - tolerance], FLOOR, 1 - FLOOR)
    above = np.where(tally > 0, bdtrc(tally - 1.0, shots, most), 1.0)
    below = np.where(expected > tolerance, bdtr(tally.astype(float), shots, least), 1.0)
    return float(min(1.0, 2 * len(tally) * min(above.min(), below.min())))
