"""Separable feature map: RX(-pi/4), RY(-x_i) on every wire, repeated; nothing is entangled.

Bowles, Ahmed and Schuld (2024), arXiv:2403.07059.
"""

from collections.abc import Iterator
from math import pi
from typing import Any

from qml.circuits import Circuit, Gate


def circuit(inputs: Any, repeats: int) -> Circuit:
    """Return the feature map, one wire per feature."""
    wires = inputs.shape[0]
    return Circuit.of(wires, (g for _ in range(repeats) for g in _block(inputs, wires)))


def _block(inputs: Any, wires: int) -> Iterator[Gate]:
    for wire in range(wires):
        yield Gate("rx", (wire,), (-pi / 4,))
        yield Gate("ry", (wire,), (-inputs[wire],))
