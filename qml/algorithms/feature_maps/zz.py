"""ZZ feature map: H, then exp(-i(sum x_i Z_i + sum (pi - x_i)(pi - x_j) Z_i Z_j)), repeated.

Havlicek et al., Nature 567, 209 (2019), eq. (2) and the choice of phi in its methods.
"""

from collections.abc import Iterator
from math import pi
from typing import Any

from qml.circuits import Circuit, Gate


def circuit(inputs: Any, repeats: int) -> Circuit:
    """Return the feature map; all pairs of wires interact."""
    wires = inputs.shape[0]
    return Circuit.of(wires, (g for _ in range(repeats) for g in _block(inputs, wires)))


def _block(inputs: Any, wires: int) -> Iterator[Gate]:
    for wire in range(wires):
        yield Gate("h", (wire,))
    for wire in range(wires):
        yield Gate("rz", (wire,), (2 * inputs[wire],))
    for first in range(wires):
        for second in range(first + 1, wires):
            angle = 2 * (pi - inputs[first]) * (pi - inputs[second])
            yield Gate("rzz", (first, second), (angle,))
