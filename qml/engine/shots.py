"""Shots from exact states."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits.circuit import Circuit
from qml.engine.bound import group, probabilities
from qml.results.counts import Counts

_CHUNK_AMPLITUDES = 2**24


def sample(
    circuits: Sequence[Circuit], *, shots: int, seed: int, precision: str = "float32"
) -> list[Counts]:
    """Measure every circuit `shots` times in the computational basis.

    The outcome of circuit i depends on the seed and on i, not on the other circuits.

    Args:
        circuits: Bound circuits.
        shots: Measurements of each, at least 1.
        seed: Root of the random numbers, at least 0.
        precision: Precision of the states.

    Returns:
        Counts in the order of the circuits, wire 0 first.
    """
    found: dict[int, Counts] = {}
    for rows in group(circuits).values():
        at_once = max(1, _CHUNK_AMPLITUDES >> circuits[rows[0]].wires)
        for start in range(0, len(rows), at_once):
            chosen = rows[start : start + at_once]
            table = probabilities([circuits[r] for r in chosen], precision=precision)
            for row, distribution in zip(chosen, table, strict=True):
                found[row] = _draw(distribution, np.random.default_rng([seed, row]), shots)
    return [found[i] for i in range(len(circuits))]


def _draw(distribution: NDArray[Any], random: np.random.Generator, shots: int) -> Counts:
    wires = len(distribution).bit_length() - 1
    tally = random.multinomial(shots, distribution)
    seen = np.flatnonzero(tally)
    return Counts(wires, {format(i, f"0{wires}b"): int(tally[i]) for i in seen.tolist()})
