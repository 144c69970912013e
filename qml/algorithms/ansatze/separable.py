"""Rz Ry Rz on every wire and no entanglement: the twin that tells whether entanglement helps.

Bowles, Ahmed and Schuld (2024), arXiv:2403.07059, find that removing entanglement often costs
nothing.
"""

from collections.abc import Iterator
from typing import Any

from qml.circuits import Gate


def shape(wires: int) -> tuple[int, ...]:
    """Return (wires, 3)."""
    return (wires, 3)


def layer(weights: Any, wires: int, index: int) -> Iterator[Gate]:
    """Yield the three rotations of every wire."""
    del index
    for wire in range(wires):
        yield Gate("rz", (wire,), (weights[wire, 0],))
        yield Gate("ry", (wire,), (weights[wire, 1],))
        yield Gate("rz", (wire,), (weights[wire, 2],))
