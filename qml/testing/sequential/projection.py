"""The distribution within a distance of a centre that explains counts best.

Minimises KL(f | p) over p with total variation distance at most t from q. By the conditions of
Karush, Kuhn and Tucker p is f / a where that is above q, f / b where it is below, and q elsewhere;
a >= 1 and b <= 1 are those at which the distance above and the distance beneath are t.
"""

import numpy as np
from numpy.typing import NDArray

FLOOR = 1e-12
"""Smallest probability that is told from rounding in single precision."""

_NOTHING = 1e-12


def nearest_divergence(
    frequencies: NDArray[np.float64], centre: NDArray[np.float64], tolerance: float
) -> float:
    """Return min KL(f | p) over the ball, in nats.

    Args:
        frequencies: f, shape (K,), sum 1.
        centre: q, shape (K,), sum 1.
        tolerance: t, total variation distance, 0 to 1. Zeros of the centre count as `FLOOR`.
    """
    if np.abs(frequencies - centre).sum() / 2 <= tolerance + _NOTHING:
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
    """Return f x with x <= 1 such that what lies above q is the tolerance.

    sum (f x - q)+ is the largest of x F(S) - Q(S) over sets S of outcomes, so x is the smallest of
    (tolerance + Q(S)) / F(S); the best set holds the outcomes of smallest q / f.
    """
    f_sum, q_sum = _prefixes(f, q)
    return np.asarray(f * ((tolerance + q_sum) / f_sum).min())


def _lowered(
    f: NDArray[np.float64], q: NDArray[np.float64], tolerance: float
) -> NDArray[np.float64]:
    """Return f x with x >= 1 such that what lies beneath q is the tolerance, or as near as can be.

    Outcomes that were never seen give their probability away for nothing; of the others x is the
    largest of (Q(S) - tolerance) / F(S), over sets of largest q / f.
    """
    unseen = float(q[f == 0].sum())
    if unseen >= tolerance:
        return np.where(f == 0, 0.0, q)
    f_sum, q_sum = _prefixes(f, q)
    rest_f = np.concatenate([[f_sum[-1]], f_sum[-1] - f_sum[:-1]])
    rest_q = np.concatenate([[q_sum[-1]], q_sum[-1] - q_sum[:-1]])
    right = rest_f > _NOTHING
    return np.asarray(f * ((rest_q[right] + unseen - tolerance) / rest_f[right]).max())


def _prefixes(
    f: NDArray[np.float64], q: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return sums of f and of q over the seen outcomes of smallest q / f, one more at a time."""
    seen = f > 0
    order = np.argsort(q[seen] / f[seen], kind="stable")
    return np.cumsum(f[seen][order]), np.cumsum(q[seen][order])
