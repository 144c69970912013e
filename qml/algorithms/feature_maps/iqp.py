"""IQP feature map: [D(x) H^n]^repeats |0>, D(x) = exp(-i/2 (sum x_i Z_i + sum x_i x_j Z_i Z_j)).

Havlicek et al., Nature 567, 209 (2019), in the form of Bowles, Ahmed and Schuld (2024),
arXiv:2403.07059.
"""

from collections.abc import Iterator
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
        yield Gate("rz", (wire,), (inputs[wire],))
    for first in range(wires):
        for second in range(first + 1, wires):
            yield Gate("rzz", (first, second), (inputs[first] * inputs[second],))
