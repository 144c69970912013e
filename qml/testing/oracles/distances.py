"""Tolerances from other measures of how good a device is.

A device that keeps to the measure keeps to the tolerance, so a test with it never blames a healthy
one.
"""

from math import sqrt
from typing import Any

from qml.errors import DataError
from qml.testing.assertions.outcomes import counts_of, distribution_of
from qml.testing.sequential.concentration import radius, spread
from qml.testing.statistics import distance


def from_hellinger(bound: float) -> float:
    """Return the tolerance of a Hellinger distance: TVD <= H sqrt(2 - H**2).

    Args:
        bound: H = sqrt(1 - sum_i sqrt(p_i q_i)), 0 to 1.
    """
    _check(bound, "a Hellinger distance")
    return bound * sqrt(2 - bound**2)


def from_fidelity(fidelity: float) -> float:
    """Return the tolerance of a state fidelity: TVD <= sqrt(1 - F) (Fuchs, van de Graaf, 1999).

    Args:
        fidelity: F of the measured state with the ideal one, 0 to 1.
    """
    _check(fidelity, "a fidelity")
    return sqrt(1 - fidelity)


def measured(counts: Any, expected: Any, *, delta: float = 1e-6) -> float:
    """Return a tolerance that a device kept, by measuring it: its distance, and room for chance.

    Args:
        counts: Counts of the device, as `assert_distribution` takes them.
        expected: The ideal distribution, as `assert_distribution` takes it.
        delta: Probability that the device's true distance is larger than what is returned.

    Raises:
        DataError: Counts or distribution are malformed, or of unlike width.
    """
    found, target = counts_of(counts), distribution_of(expected)
    if found is None or 2**found.wires != len(target):
        raise DataError("a measured tolerance takes counts, and a distribution of their width")
    everything = spread(target, 1.0)
    return distance(found, target) + radius(len(target), everything, found.shots, delta) / 2


def _check(value: float, what: str) -> None:
    if not 0 <= value <= 1:
        raise DataError(f"{what} lies between 0 and 1, got {value}")
