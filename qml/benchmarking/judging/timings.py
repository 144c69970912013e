"""Ratios of medians of timings, with their bootstrap errors.

The draws tell the standard error of the log ratio. How far in its tail the ratio 1 lies is read off
Student's distribution and not off the draws: 4,000 of them know no p-value below 1 / 2,000, which
is none at all after a correction for fifty comparisons.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.judging.margin import Margin

SAMPLES = 4_000
BLOCK = 5
"""Repetitions that are drawn together, since a machine is slow for some time, not for one."""
RESOLUTION = 1e-3
"""No median of timings is known better than to this part, however alike its repetitions are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How many times as much one takes as the other.

    Attributes:
        value: Ratio of medians; the geometric mean of those of all data sets.
        bounds: Its 95 % interval.
        error: Standard error of its natural logarithm, by bootstrap.
        margin: How many standard errors count: Student's, with blocks of repetitions as units.
        p_value: Two-sided, of the ratio 1.
        repetitions: The least number of repetitions behind a median.
    """

    value: float
    bounds: tuple[float, float]
    error: float
    margin: Margin
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
        B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 8, 12 and 16; F.
        E. Satterthwaite, Biometrics Bull. 2 (1946) 110 (degrees of freedom over data sets).
    """
    rng = np.random.default_rng(seed)
    found, parts = 0.0, []
    for ours, theirs in pairs:
        found += (log(np.median(ours)) - log(np.median(theirs))) / len(pairs)
        error = max(_error(ours, theirs, rng, interleaved=interleaved), RESOLUTION) / len(pairs)
        parts.append((error**2, _blocks(min(len(ours), len(theirs))) - 1))
    square = sum(part for part, _ in parts)
    freedom = square**2 / sum(part**2 / known for part, known in parts)
    margin = Margin(share=0.0, seeds=1.0, rest=freedom)
    error = sqrt(square)
    reach = margin.errors(0.05) * error
    return Ratio(
        value=exp(found),
        bounds=(exp(found - reach), exp(found + reach)),
        error=error,
        margin=margin,
        p_value=margin.p_value(abs(found) / error),
        repetitions=min(min(len(a), len(b)) for a, b in pairs),
    )


def _error(
    ours: NDArray[np.float64],
    theirs: NDArray[np.float64],
    rng: np.random.Generator,
    *,
    interleaved: bool,
) -> float:
    """Return the standard error of the logarithm of the ratio on one data set."""
    first = _draws(len(ours), rng)
    together = interleaved and len(ours) == len(theirs)
    second = first if together else _draws(len(theirs), rng)
    apart = np.log(np.median(ours[first], axis=1)) - np.log(np.median(theirs[second], axis=1))
    return float(apart.std())


def _length(count: int) -> int:
    return max(1, min(BLOCK, count // 4))


def _blocks(count: int) -> int:
    """Return how many blocks some repetitions are, at least two."""
    return max(2, count // _length(count))


def _draws(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return places of drawn repetitions, shape (SAMPLES, count): circular blocks of neighbours."""
    length = _length(count)
    starts = rng.integers(0, count, size=(SAMPLES, -(-count // length)))
    places = (starts[:, :, None] + np.arange(length)) % count
    found: NDArray[np.int64] = places.reshape(SAMPLES, -1)[:, :count]
    return found
