"""Mistakes that would explain a wrong distribution: one of them often does.

Counts are read as each mistake would have made them; where they then follow what was expected, that
mistake is named. It is a hint, no proof: many mistakes look alike on symmetric states.
"""

from collections.abc import Iterator
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from qml.testing.sequential.concentration import radius, spread

_PERMUTED = 6
"""Most wires of which all orders are tried."""

_DELTA = 1e-3


def explain(
    expected: NDArray[np.float64], found: NDArray[np.float64], shots: int, tolerance: float
) -> str | None:
    """Return what the counts match, or None.

    Args:
        expected: Probabilities by index, shape (2**wires,).
        found: Frequencies by index, shape (2**wires,).
        shots: Shots behind the frequencies.
        tolerance: Total variation distance that is allowed.
    """
    reach = radius(len(expected), spread(expected, tolerance), shots, _DELTA) / 2
    now = np.abs(found - expected).sum() / 2
    for words, changed in _mistakes(found):
        distance = np.abs(changed - expected).sum() / 2
        if distance <= tolerance + reach and distance < now / 2:
            return words
    return None


def _mistakes(found: NDArray[np.float64]) -> Iterator[tuple[str, NDArray[np.float64]]]:
    wires = len(found).bit_length() - 1
    tensor = found.reshape((2,) * wires)
    if wires > 1:
        yield "they match with the bit order reversed", tensor.transpose().reshape(-1)
    yield from _permuted(tensor, wires)
    for wire in range(wires):
        yield f"they match with the bit of wire {wire} flipped", np.flip(tensor, wire).reshape(-1)
    yield "they match with every bit flipped", np.flip(tensor).reshape(-1)
    for step in (1, -1):
        yield f"they match with every index moved by {step:+d}", np.roll(found, step)


def _permuted(tensor: NDArray[np.float64], wires: int) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield other orders of the wires, those that move fewest wires first."""
    if wires > _PERMUTED:
        return
    orders = sorted(permutations(range(wires)), key=lambda o: sum(w != i for i, w in enumerate(o)))
    for order in orders[1:]:
        words = f"they match with the wires in the order {', '.join(map(str, order))}"
        yield words, tensor.transpose(order).reshape(-1)
