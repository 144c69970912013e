"""Wilcoxon's signed-rank test, exact with ties and zeros, and the estimate that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.judging.flips import flip_p_value, positive_sums


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRank:
    """What the signed ranks of paired differences say.

    Attributes:
        p_value: Two-sided, exact given the sizes of the differences.
        plus: Sum of the ranks of positive differences.
        minus: Sum of the ranks of negative differences.
        biserial: (plus - minus) / (plus + minus), the matched-pairs rank-biserial correlation, -1
            to 1; 0 where all differences are zero.
        estimate: Hodges-Lehmann's median of the means of all pairs of differences.
        bounds: Its exact interval, or None where there are too few differences for one.
    """

    p_value: float
    plus: float
    minus: float
    biserial: float
    estimate: float
    bounds: tuple[float, float] | None


def signed_rank(
    differences: Sequence[float] | NDArray[np.float64], confidence: float = 0.95
) -> SignedRank:
    """Test whether paired differences lie around zero.

    Zeros are ranked with the others and then left out (Pratt); ties share their mean rank. The
    p-value is exact: it counts the signs that give a sum as far from its mean.

    Args:
        differences: One for each pair, shape (pairs,), at least one.
        confidence: Coverage of the interval.

    References:
        F. Wilcoxon, Biometrics Bull. 1 (1945) 80; J. W. Pratt, J. Am. Stat. Assoc. 54 (1959) 655;
        J. L. Hodges, E. L. Lehmann, Ann. Math. Stat. 34 (1963) 598; D. S. Kerby, Compr. Psychol. 3
        (2014) 1 (rank-biserial).
    """
    values = np.asarray(differences, dtype=np.float64)
    doubled = _doubled_ranks(np.abs(values)) * np.sign(_settled(values)).astype(np.int64)
    plus = float(doubled[doubled > 0].sum()) / 2
    minus = float(-doubled[doubled < 0].sum()) / 2
    walsh = _walsh(values)
    return SignedRank(
        p_value=flip_p_value(doubled),
        plus=plus,
        minus=minus,
        biserial=(plus - minus) / (plus + minus) if plus + minus else 0.0,
        estimate=float(np.median(walsh)),
        bounds=_bounds(walsh, len(values), confidence),
    )


def _settled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Drop the dust of rounding, so that equal sizes are ties: means over seeds are floats."""
    found: NDArray[np.float64] = np.round(values, 12)
    return found


def _doubled_ranks(sizes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return twice the mean ranks, which are whole numbers."""
    _, place, count = np.unique(_settled(sizes), return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    found: NDArray[np.int64] = (2 * last - count + 1)[place]
    return found


def _walsh(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means of all pairs, each value with itself included, ascending."""
    i, j = np.triu_indices(len(values))
    found: NDArray[np.float64] = np.sort((values[i] + values[j]) / 2)
    return found


def _bounds(
    walsh: NDArray[np.float64], pairs: int, confidence: float
) -> tuple[float, float] | None:
    """Cut off as many means of pairs as the test would reject."""
    below = np.cumsum(positive_sums(np.arange(1, pairs + 1)))
    cut = int(np.searchsorted(below, (1 - confidence) / 2, side="right"))
    if cut == 0:
        return None
    return float(walsh[cut - 1]), float(walsh[len(walsh) - cut])
