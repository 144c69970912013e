"""Counts from an exact distribution."""

import numpy as np
from numpy.typing import NDArray

from qml.results.counts import Counts


def draw(distribution: NDArray[np.floating], shots: int, seed: list[int]) -> Counts:
    """Measure a register `shots` times.

    Args:
        distribution: Probability of every bit string by index, wire 0 most significant, shape
            (2**wires,); it is normalised here.
        shots: At least 1.
        seed: Seed of the random numbers; name the circuit's place in it, so that equal circuits
            of one batch give unlike counts.
    """
    exact = np.clip(np.asarray(distribution, dtype=np.float64), 0, None)
    tally = np.random.default_rng(seed).multinomial(shots, exact / exact.sum())
    wires = len(exact).bit_length() - 1
    return Counts(wires, {format(i, f"0{wires}b"): int(tally[i]) for i in np.flatnonzero(tally)})
