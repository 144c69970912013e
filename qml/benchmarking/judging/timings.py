"""Ratios of medians of timings, with bootstrap intervals."""

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

SAMPLES = 4_000
BLOCK = 5
"""Repetitions that are drawn together, since a machine is slow for some time, not for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How many times as much one takes as the other.

    Attributes:
        value: Ratio of medians; the geometric mean of those of all data sets.
        bounds: Its 95 % interval.
        error: Standard error of its natural logarithm.
        p_value: Two-sided, of the ratio 1; at least 2 / (draws + 1).
        repetitions: The least number of repetitions behind a median.
    """

    value: float
    bounds: tuple[float, float]
    error: float
    p_value: float
    repetitions: int


def ratio(
    pairs: list[tuple[NDArray[np.float64], NDArray[np.float64]]],
    *,
    interleaved: bool,
    seed: int = 0,
) -> Ratio:
    """Compare two lists of timings on each of some data sets.

    Repetitions are drawn in blocks of neighbours. Where the two were measured in turns, they are
    drawn together, so that what slowed the machine slows both.

    Args:
        pairs: Timings of ours and of theirs on each data set, each of at least two, above 0.
        interleaved: Whether repetition i of both was measured at the same time.
        seed: Feeds the draws.

    References:
        B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 8 and 16.
    """
    rng = np.random.default_rng(seed)
    drawn = np.zeros(SAMPLES)
    found = 0.0
    for ours, theirs in pairs:
        together = interleaved and len(ours) == len(theirs)
        first = _draws(len(ours), rng)
        second = first if together else _draws(len(theirs), rng)
        apart = np.log(np.median(ours[first], axis=1)) - np.log(np.median(theirs[second], axis=1))
        drawn += apart / len(pairs)
        found += (log(np.median(ours)) - log(np.median(theirs))) / len(pairs)
    tail = min(int((drawn <= 0).sum()), int((drawn >= 0).sum()))
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Ratio(
        value=exp(found),
        bounds=(exp(float(low)), exp(float(high))),
        error=float(drawn.std()),
        p_value=min(1.0, 2 * (tail + 1) / (SAMPLES + 1)),
        repetitions=min(min(len(a), len(b)) for a, b in pairs),
    )


def _draws(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return places of drawn repetitions, shape (SAMPLES, count): circular blocks of neighbours."""
    length = max(1, min(BLOCK, count // 4))
    starts = rng.integers(0, count, size=(SAMPLES, -(-count // length)))
    places = (starts[:, :, None] + np.arange(length)) % count
    found: NDArray[np.int64] = places.reshape(SAMPLES, -1)[:, :count]
    return found
