"""Wide constraints as equalities, by slack bits: for penalties of machines that know none."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qml.problems.arrays import Arrays
from qml.problems.feasible import rows
from qml.problems.structure import Limit

_LEVELS = 6
"""Bits of the slack of a constraint whose weights are no whole numbers."""


def with_slack(problem: Arrays) -> Arrays:
    """Return a problem with equalities only; slack bits stand behind the variables.

    low <= a . x <= high becomes a . x + s = high, where s is a sum of bits from 0 to the width of
    the constraint: exactly where the weights are whole numbers, else in steps of 1/63 of it.
    """
    weights, low, high = rows(problem)
    slacks = [_slack(a, b, c) for a, b, c in zip(weights, low, high, strict=True)]
    extra = sum(len(bits) for bits, _ in slacks)
    limits, begin = [], problem.size
    for i, (bits, right) in enumerate(slacks):
        row = np.zeros(problem.size + extra)
        row[: problem.size] = weights[i]
        row[begin : begin + len(bits)] = bits
        begin += len(bits)
        limits.append(Limit(f"equality {i}", row, right, right))
    return replace(
        problem,
        names=(*problem.names, *(f"slack {i}" for i in range(extra))),
        linear=np.append(problem.linear, np.zeros(extra)),
        couplings=np.pad(problem.couplings, (0, extra)),
        groups=(),
        limits=tuple(limits),
    )


def _slack(a: NDArray[np.float64], low: float, high: float) -> tuple[NDArray[np.float64], float]:
    """Return the weights of the slack bits, and the right-hand side."""
    low = max(low, float(np.minimum(a, 0).sum()))
    high = min(high, float(np.maximum(a, 0).sum()))
    whole = bool((a == np.round(a)).all())
    width = np.floor(high + 1e-9) - np.ceil(low - 1e-9) if whole else high - low
    right = float(np.floor(high + 1e-9)) if whole else high
    if width <= 0:
        return np.empty(0), right
    if not whole:
        return width / (2**_LEVELS - 1) * 2.0 ** np.arange(_LEVELS), right
    bits = 2.0 ** np.arange(int(width).bit_length() - 1)
    return np.append(bits, width - bits.sum()), right
