"""The exact distribution of a sum whose terms may each have either sign.

If two columns are alike, each difference between them could as well have had the other sign. The
chance of a sum at least as large, over all choices of signs, is the p-value: of McNemar's test
where differences are -1, 0 or 1, of Wilcoxon's where they are signed ranks.
"""

from collections.abc import Sequence
from math import ceil, erfc, log2, sqrt

import numpy as np
from numpy.typing import NDArray

from qml.results.tests import mcnemar_exact

_MOST_STEPS = 200_000_000
"""Beyond so many additions the normal approximation is used; its error is then far below 1e-6."""


def flip_p_value(terms: Sequence[int] | NDArray[np.int64]) -> float:
    """Return the two-sided p-value of a sum under changes of sign.

    Args:
        terms: Whole numbers, shape (terms,); zeros say nothing.

    Returns:
        P(|sum of terms with random signs| >= |sum of terms|), in (0, 1]; 1 without terms.
    """
    values = np.asarray(terms, dtype=np.int64)
    sizes = np.abs(values[values != 0])
    observed = abs(int(values.sum()))
    if not len(sizes):
        return 1.0
    if int(sizes.min()) == int(sizes.max()):
        right = int((values > 0).sum())
        return mcnemar_exact(right, len(sizes) - right)
    total = int(sizes.sum())
    if len(sizes) * total > _MOST_STEPS:
        deviation = sqrt(float((sizes.astype(np.float64) ** 2).sum()))
        return min(1.0, erfc(max(0.0, observed - 1) / deviation / sqrt(2)))
    sums = 2 * np.arange(total + 1) - total
    return min(1.0, float(positive_sums(sizes)[np.abs(sums) >= observed].sum()))


def positive_sums(sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the distribution of the sum of those terms that come out positive.

    Args:
        sizes: Positive whole numbers, shape (terms,).

    Returns:
        Chance of each sum 0 to sum(sizes), shape (sum(sizes) + 1,).
    """
    chances = np.zeros(int(sizes.sum()) + 1)
    chances[0], reached = 1.0, 0
    for size in np.sort(sizes).tolist():
        before = chances[: reached + 1].copy()
        chances[: reached + 1] *= 0.5
        chances[size : reached + size + 1] += 0.5 * before
        reached += size
    return chances


def least_terms(level: float) -> int:
    """Return how many terms there must be for a p-value below a level: 6 for 0.05."""
    return ceil(log2(2 / level) + 1e-12)
