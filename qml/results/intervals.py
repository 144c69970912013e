"""Confidence intervals of a proportion."""

from math import sqrt
from statistics import NormalDist

from qml.errors import DataError


def wilson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion.

    With p = successes / trials, n = trials and z the (1 + confidence) / 2 quantile of the normal
    distribution, the bounds are

        (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n).

    Unlike the textbook ("Wald") interval it keeps its coverage near 0 and 1 and for few trials, and
    never leaves [0, 1].

    Args:
        successes: Number of successes, 0 to `trials`.
        trials: Number of independent trials, at least 1.
        confidence: Coverage, strictly between 0 and 1.

    Returns:
        Lower and upper bound, 0 <= lower <= p <= upper <= 1.

    Raises:
        DataError: An argument is out of its range.

    References:
        E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209; method 3 of R. G. Newcombe, Stat. Med. 17
        (1998) 857; recommended by L. D. Brown et al., Stat. Sci. 16 (2001) 101.
    """
    _check(successes, trials, confidence)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p = successes / trials
    centre = p + z * z / (2 * trials)
    reach = z * sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    # p lies inside by construction; rounding alone may push a bound past it at 0 and at 1
    return max(0.0, min(p, (centre - reach) / scale)), min(1.0, max(p, (centre + reach) / scale))


def _check(successes: int, trials: int, confidence: float) -> None:
    if trials < 1:
        raise DataError(
            f"an interval needs at least one trial, got {trials}", hint="are there test rows?"
        )
    if not 0 <= successes <= trials:
        raise DataError(f"{successes} successes do not fit into {trials} trials")
    if not 0 < confidence < 1:
        raise DataError(f"confidence must lie between 0 and 1, got {confidence}", hint="e.g. 0.95")
