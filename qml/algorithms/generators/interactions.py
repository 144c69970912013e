"""Which bits the gates of `iqp` and `bitflip` act on, and their first angles."""

from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.models import Params
from qml.config.sections import GeneratorSection
from qml.errors import PlanError

MOST_GATES = 50_000


def interactions(bits: int, locality: int) -> NDArray[np.int8]:
    """Return all sets of at most `locality` bits, small ones first; shape (gates, bits), 0 and 1.

    Raises:
        PlanError: There are too many.
    """
    locality = min(locality, bits)
    gates = sum(comb(bits, size) for size in range(1, locality + 1))
    if gates > MOST_GATES:
        raise PlanError(
            f"{gates:,} gates act on at most {locality} of {bits} bits; at most {MOST_GATES:,} fit",
            hint="lower model.generator.locality",
        )
    found = np.zeros((gates, bits), dtype=np.int8)
    sets = (s for size in range(1, locality + 1) for s in combinations(range(bits), size))
    for gate, members in enumerate(sets):
        found[gate, list(members)] = 1
    return found


def first_angles(
    section: GeneratorSection, gates: NDArray[np.int8], rows: Any, seed: int
) -> Params:
    """Draw the first angles.

    With `start = "data"` a gate on one bit flips it as often as the data does, sin^2(theta) = mean,
    and a gate on two bits starts at their covariance; all others start near zero. Training from
    there finds far better optima than from random angles (Recio-Armengol et al. 2025).

    Args:
        section: `[model.generator]`: `start`, `spread`.
        gates: Shape (gates, bits).
        rows: 0 and 1, shape (N, bits).
        seed: Of the noise.
    """
    angles = section.spread * np.random.default_rng(seed).standard_normal(len(gates))
    if section.start == "data":
        data = np.asarray(rows, dtype=float)
        size = gates.sum(axis=1)
        one, two = np.flatnonzero(size == 1), np.flatnonzero(size == 2)  # noqa: PLR2004 - a pair
        means = data.mean(axis=0)[gates[one].argmax(axis=1)]
        angles[one] += np.arcsin(np.sqrt(np.clip(means, 0.0, 1.0)))
        covariances = np.atleast_2d(np.cov(data.T))
        pairs = np.array([np.flatnonzero(g) for g in gates[two]], dtype=int).reshape(-1, 2)
        angles[two] += covariances[pairs[:, 0], pairs[:, 1]]
    return {"angles": angles}
