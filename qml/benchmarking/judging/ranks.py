"""Mean ranks of columns over data sets, Friedman's test and Nemenyi's critical difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray

ALPHA = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Columns ranked over data sets; 1 is best.

    Attributes:
        mean: Mean rank of each column, shape (columns,).
        friedman: Friedman's statistic, chi-squared with columns - 1 degrees of freedom.
        iman_davenport: Its better form, F with (k - 1) and (k - 1)(N - 1) degrees of freedom;
            infinite where all data sets agree.
        p_value: Of Iman and Davenport's form.
        critical: Two mean ranks further apart than this differ at 5 % (Nemenyi).
    """

    mean: NDArray[np.float64]
    friedman: float
    iman_davenport: float
    p_value: float
    critical: float


def rank(values: NDArray[np.float64], *, more: bool) -> Ranks:
    """Rank columns on each data set and test whether their mean ranks are all alike.

    With k columns on N data sets and mean ranks R_j,

        chi2 = 12 N / (k (k + 1)) (sum R_j^2 - k (k + 1)^2 / 4),
        F = (N - 1) chi2 / (N (k - 1) - chi2).

    Args:
        values: One for each data set and column, shape (data sets, columns), at least 2 of each.
        more: Whether more is better.

    References:
        J. Demsar, JMLR 7 (2006) 1, section 3.2; R. L. Iman, J. M. Davenport, Commun. Stat. 9 (1980)
        571; P. B. Nemenyi, PhD thesis, Princeton (1963).
    """
    from scipy.stats import f, rankdata  # scipy.stats takes half a second to load

    sets, columns = values.shape
    keyed = np.round(-values if more else values, 12)
    mean: NDArray[np.float64] = rankdata(keyed, axis=1).mean(axis=0)
    spread = float((mean**2).sum()) - columns * (columns + 1) ** 2 / 4
    friedman = max(0.0, 12 * sets / (columns * (columns + 1)) * spread)
    left = sets * (columns - 1) - friedman
    statistic = (sets - 1) * friedman / left if left > 1e-9 else inf  # noqa: PLR2004 - rounding
    return Ranks(
        mean=mean,
        friedman=friedman,
        iman_davenport=statistic,
        p_value=float(f.sf(statistic, columns - 1, (columns - 1) * (sets - 1))),
        critical=critical_difference(columns, sets),
    )


def critical_difference(columns: int, sets: int, alpha: float = ALPHA) -> float:
    """Return Nemenyi's critical difference, q sqrt(k (k + 1) / 6N).

    Args:
        columns: k, at least 2.
        sets: N, the number of data sets.
        alpha: Chance of even one false difference among all pairs.
    """
    return studentized_q(columns, alpha) * sqrt(columns * (columns + 1) / (6 * sets))


def studentized_q(columns: int, alpha: float = ALPHA) -> float:
    """Return the studentized range at infinite degrees of freedom over the root of two."""
    from scipy.stats import studentized_range

    return float(studentized_range.ppf(1 - alpha, columns, np.inf)) / sqrt(2)


def cliques(mean: Sequence[float], critical: float) -> list[tuple[int, int]]:
    """Return the longest groups of columns that are not told apart.

    Args:
        mean: Mean ranks, ascending.
        critical: Critical difference.

    Returns:
        First and last place of each group of at least two, none within another.
    """
    found: list[tuple[int, int]] = []
    for first, low in enumerate(mean):
        last = max(i for i, high in enumerate(mean) if high - low <= critical)
        if last > first and (not found or last > found[-1][1]):
            found.append((first, last))
    return found
