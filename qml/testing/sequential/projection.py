"""The distribution within a distance of a centre that explains counts best.

Minimises KL(f | p) over p with total variation distance at most t from q. By the conditions of
Karush, Kuhn and Tucker p is f / a where that is above q, f / b where it is below, and q elsewhere;
a >= 1 and b <= 1 are those at which the distance above and the distance beneath are t. Each is the
root of a monotone function of one number.
"""

import numpy as np
from numpy.typing import NDArray

FLOOR = 1e-12
"""Smallest probability that is told from rounding in single precision."""

_HALVINGS = 80


def nearest_divergence(
    frequencies: NDArray[np.float64], centre: NDArray[np.float64], tolerance: float
) -> float:
    """Return min KL(f | p) over the ball, in nats.

    Args:
        frequencies: f, shape (K,), sum 1.
        centre: q, shape (K,), sum 1.
        tolerance: t, total variation distance, 0 to 1. Zeros of the centre count as `FLOOR`.
    """
    if np.abs(frequencies - centre).sum() / 2 <= tolerance:
        return 0.0
    nearest = np.maximum(_nearest(frequencies, centre, tolerance), FLOOR)
    seen = frequencies > 0
    return float((frequencies[seen] * np.log(frequencies[seen] / nearest[seen])).sum())


def _nearest(
    frequencies: NDArray[np.float64], centre: NDArray[np.float64], tolerance: float
) -> NDArray[np.float64]:
    if not tolerance:
        return centre
    low, high = _lowered(frequencies, centre, tolerance), _raised(frequencies, centre, tolerance)
    return np.where(frequencies > centre, np.maximum(high, centre), np.minimum(low, centre))


def _raised(
    f: NDArray[np.float64], q: NDArray[np.float64], tolerance: float
) -> NDArray[np.float64]:
    """Return f x with x <= 1 such that what lies above q is the tolerance."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        over = np.maximum(f * middle - q, 0).sum() > tolerance
        low, high = (low, middle) if over else (middle, high)
    return f * low


def _lowered(
    f: NDArray[np.float64], q: NDArray[np.float64], tolerance: float
) -> NDArray[np.float64]:
    """Return f x with x >= 1 such that what lies beneath q is the tolerance, or as near as can be.

    Outcomes that were never seen give their probability away for nothing.
    """
    if q[f == 0].sum() >= tolerance:
        return np.where(f == 0, 0.0, q)
    low, high = 0.0, 1.0  # 1 / x
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        over = np.maximum(q - f / middle, 0).sum() > tolerance
        low, high = (low, middle) if over else (middle, high)
    return f / low
