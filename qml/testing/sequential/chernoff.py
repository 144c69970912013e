"""The mean of bounded values: tails, and the shots that part two means.

For independent values in [0, 1] with mean p, P(mean of n >= c) <= exp(-n kl(c, p)) for c > p, and
likewise below (Hoeffding, J. Am. Stat. Assoc. 58 (1963) 13, theorem 1, before it is weakened to the
form with 2 (c - p)**2). Near 0 and 1 it asks for far fewer shots than that form.
"""

from math import ceil, log

_EDGE = 1e-9
"""Nearest that a mean comes to 0 or 1: rounding in single precision goes as far."""

_HALVINGS = 60


def kl(found: float, mean: float) -> float:
    """Return f ln(f/m) + (1 - f) ln((1 - f)/(1 - m)) in nats; both 0 to 1."""
    mean = min(max(mean, _EDGE), 1 - _EDGE)
    total = 0.0
    if found > 0:
        total += found * log(found / mean)
    if found < 1:
        total += (1 - found) * log((1 - found) / (1 - mean))
    return max(0.0, total)


def shots_to_part(right: float, wrong: float, fail: float, miss: float) -> int:
    """Return the least shots that part two means, with the threshold that is best for both.

    Args:
        right: Mean of a right program, 0 to 1.
        wrong: Mean of a wrong one, 0 to 1, another number.
        fail: Probability that the right one fails.
        miss: Probability that the wrong one passes.
    """
    low, high = 0.0, 1.0  # the threshold as a share of the way
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        at = right + middle * (wrong - right)
        enough = kl(at, right) * log(1 / miss) >= kl(at, wrong) * log(1 / fail)
        low, high = (low, middle) if enough else (middle, high)
    at = right + high * (wrong - right)
    return ceil(max(log(1 / fail) / kl(at, right), log(1 / miss) / kl(at, wrong)))
