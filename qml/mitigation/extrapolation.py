"""From values at several sizes of the error to the value without it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FLATTEST = 1e-3
"""Smallest value, in size, that an exponential is fitted to: its logarithm says nothing beneath."""


def richardson(scales: Sequence[float]) -> Array:
    """Return c with E(0) = sum c_i E(scale_i), exact for polynomials.

    c_i = prod_{j != i} s_j / (s_j - s_i) (Temme, Bravyi, Gambetta, Phys. Rev. Lett. 119, 180509,
    2017, arXiv:1612.02058). Polynomials of one degree less than there are points come out exactly.

    Args:
        scales: Different, positive.

    Returns:
        Shape (scales,); the variance at equal shots for each point grows by sum c_i^2.
    """
    s = np.asarray(scales, dtype=np.float64)
    return np.array([np.prod([o / (o - x) for o in np.delete(s, i)]) for i, x in enumerate(s)])


def linear(scales: Sequence[float]) -> Array:
    """Return c with E(0) = sum c_i E(scale_i) for the straight line of least squares."""
    s = np.asarray(scales, dtype=np.float64)
    away = s - s.mean()
    return np.asarray(1 / len(s) - s.mean() * away / (away @ away))


def exponential(scales: Sequence[float], values: Array) -> Array:
    """Fit a exp(-b scale), b >= 0, to each column and return a; its limit is taken as 0.

    The limit is that of depolarising noise for a product of Pauli operators. Where a column changes
    its sign, or is too small for a logarithm, the first point is as good as anything and is taken.
    An |a| above 1 is no expectation of such an operator, and is cut.

    Args:
        scales: Different, positive.
        values: Shape (scales, targets).

    Returns:
        Shape (targets,).
    """
    s = np.asarray(scales, dtype=np.float64)
    usable = (np.abs(values) > FLATTEST).all(axis=0) & (
        np.abs(np.sign(values).sum(axis=0)) == len(s)
    )
    found = values[0].copy()
    columns = values[:, usable]
    # errors of a logarithm are those of the value over the value: hence the weights
    heavy = columns**2
    mean = (heavy * s[:, None]).sum(0) / heavy.sum(0)
    logs = np.log(np.abs(columns))
    level = (heavy * logs).sum(0) / heavy.sum(0)
    away = s[:, None] - mean
    slope = (heavy * away * (logs - level)).sum(0) / (heavy * away**2).sum(0)
    start = level - np.minimum(slope, 0.0) * mean
    found[usable] = np.sign(columns[0]) * np.minimum(np.exp(start), 1.0)
    return np.asarray(found)
