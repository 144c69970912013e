"""How parts of a sum share its shots: alike, or as their standard deviations ask.

Neyman, 1934: at a given total the variance of sum_i mean_i is least with shots in proportion to
each part's standard deviation; for sums of Pauli strings see Arrasmith et al. (Rosalin), 2020,
arXiv:2004.06252, and Gu et al. (gCANS), 2021, arXiv:2108.10434.
"""

from collections.abc import Sequence
from math import floor

import numpy as np
from numpy.typing import NDArray

from qml.mitigation.tally import Tally, Target

Array = NDArray[np.float64]
Terms = Sequence[tuple[Array, Target]]
"""For each target its coefficients in all observables, shape (observables,)."""

PILOT = 0.2
"""Share of the shots that are spent alike, to learn where the others belong."""
FEWEST = 8
"""Shots of a part that tell something of its variance."""


def uniform(deviations: Array) -> Array:
    """Return equal shares."""
    return np.full(len(deviations), 1 / len(deviations))


def weighted(coefficients: Array) -> Array:
    """Return shares by the size of coefficients, which takes no look at the state."""
    size = np.abs(coefficients)
    return size / size.sum() if size.sum() else uniform(size)


def neyman(deviations: Array) -> Array:
    """Return shares by standard deviations, coefficients included; equal ones where all are 0."""
    total = deviations.sum()
    return deviations / total if total else uniform(deviations)


def variance(deviations: Array, shares: Array) -> float:
    """Return variance x total shots of a sum; infinite where a part with variance gets no shots."""
    needed = deviations > 0
    if np.any(shares[needed] <= 0):
        return float("inf")
    return float((deviations[needed] ** 2 / shares[needed]).sum())


def deviation(tally: Tally, terms: Terms) -> float:
    """Return the standard deviation of one shot of a part, all observables added in squares.

    A shot of an outcome that was not seen is added to what was, half of it each way, so that a part
    that seems certain after a few shots is not left without any.
    """
    shots = tally.total
    per_shot = sum(
        np.multiply.outer(coefficients, tally.products(target)) for coefficients, target in terms
    )
    mean = per_shot @ tally.times / shots
    spread = ((per_shot - mean[:, None]) ** 2 @ tally.times).sum() / shots
    largest = sum((coefficients**2).sum() for coefficients, _ in terms)
    return float(np.sqrt((spread * shots + largest) / (shots + 1)))


def pilot_shots(shots: int, parts: int) -> int:
    """Return the shots of each part in the first look, of `shots` for each part on average.

    0 where there are too few to learn anything from, or where one part takes all.
    """
    first = floor(PILOT * shots)
    return first if parts > 1 and first >= FEWEST else 0


def rest(deviations: Array, total: int, spent: int) -> list[int]:
    """Return how many further shots each part gets.

    Args:
        deviations: Standard deviation of one shot of each part, coefficients included.
        total: Shots of all parts together.
        spent: Shots of each part in the first look; what a part has too many is taken from the
            others in proportion.

    Returns:
        Whole numbers that add up to what is left.
    """
    left = total - spent * len(deviations)
    wanted = np.clip(_filled(neyman(deviations), total, spent) - spent, 0, None)
    exact = wanted * left / wanted.sum() if wanted.sum() else uniform(wanted) * left
    found = np.floor(exact).astype(int)
    for i in np.argsort(found - exact, kind="stable")[: left - int(found.sum())]:
        found[i] += 1
    return [int(n) for n in found]


def _filled(shares: Array, total: int, least: int) -> Array:
    """Return shots by shares, none below `least`; those at it take from the others."""
    held = np.zeros(len(shares), dtype=bool)
    while True:
        free = total - least * held.sum()
        open_share = shares[~held].sum()
        shots = np.where(held, least, free * shares / open_share if open_share else least)
        low = (shots < least) & ~held
        if not low.any():
            return np.asarray(shots, dtype=np.float64)
        held |= low
