"""RY and RZ on every wire, then CZ on even and odd neighbours in turn: shallow on a line."""

from collections.abc import Iterator
from typing import Any

from qml.circuits import Gate


def shape(wires: int) -> tuple[int, ...]:
    """Return (wires, 2)."""
    return (wires, 2)


def layer(weights: Any, wires: int, index: int) -> Iterator[Gate]:
    """Yield the rotations, then CZ on pairs from wire `index % 2` on."""
    for wire in range(wires):
        yield Gate("ry", (wire,), (weights[wire, 0],))
        yield Gate("rz", (wire,), (weights[wire, 1],))
    for wire in range(index % 2, wires - 1, 2):
        yield Gate("cz", (wire, wire + 1))
