"""Two accuracies on different test rows: shares of right answers, by their score test."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

from qml.benchmarking.judging.clustered import USUAL

ENDLESS = 1e9
"""Degrees of freedom from which Student's distribution is the normal one."""


class Side(NamedTuple):
    """Answers of one benchmark on one data set.

    Attributes:
        shares: Share of right answers of each seed.
        rows: Number of test rows of a seed.
    """

    shares: list[float]
    rows: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How far two shares are apart, and how sure that is.

    Attributes:
        value: The later minus the earlier, mean over data sets.
        bounds: Its 95 % interval.
        p_value: Two-sided, of equal shares.
        rows: Test rows of the smaller side, over all data sets.
    """

    value: float
    bounds: tuple[float, float]
    p_value: float
    rows: int


def difference(pairs: list[tuple[Side, Side]]) -> Difference:
    """Compare shares of right answers that were given to different rows.

    The score test of two binomials with Yates' correction, its variance that of the pooled share.
    Seeds answer the same rows, so that more of them are not more rows: their mean counts as one
    answer to each, and the spread of their luck is added to the variance; a single seed tells
    nothing of its luck, so that the usual one is taken.

    Args:
        pairs: The earlier and the later side on each data set.

    References:
        F. Yates, Suppl. J. R. Stat. Soc. 1 (1934) 217; F. E. Satterthwaite, Biometrics Bull. 2
        (1946) 110.
    """
    value = sum(float(np.mean(b.shares) - np.mean(a.shares)) for a, b in pairs) / len(pairs)
    rows = sum(_by_rows(a, b) for a, b in pairs)
    seeds = [_by_seeds(side) for pair in pairs for side in pair]
    square = rows + sum(part for part, _ in seeds)
    uncertain = sum(part**2 / freedom for part, freedom in seeds if part)
    freedom = min(ENDLESS, square**2 / uncertain) if uncertain else ENDLESS
    error = sqrt(square) / len(pairs)
    step = sum((1 / a.rows + 1 / b.rows) / 2 for a, b in pairs) / len(pairs) ** 2
    reach = float(stdtrit(freedom, 0.975)) * error + step
    beyond = max(0.0, abs(value) - step) / error
    return Difference(
        value=value,
        bounds=(max(-1.0, value - reach), min(1.0, value + reach)),
        p_value=min(1.0, 2 * float(stdtr(freedom, -beyond))),
        rows=int(sum(min(a.rows, b.rows) for a, b in pairs)),
    )


def _by_rows(first: Side, second: Side) -> float:
    """Return the variance by the choice of rows, with half an answer more of each kind."""
    right = float(np.mean(first.shares)) * first.rows + float(np.mean(second.shares)) * second.rows
    share = (right + 1) / (first.rows + second.rows + 2)
    return share * (1 - share) * (1 / first.rows + 1 / second.rows)


def _by_seeds(side: Side) -> tuple[float, float]:
    """Return the variance of the mean by the luck of seeds, and its degrees of freedom."""
    count = len(side.shares)
    if count == 1:
        return USUAL**2 / 2, ENDLESS
    return float(np.var(side.shares, ddof=1)) / count, count - 1.0
