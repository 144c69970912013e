"""RX on every wire and RZZ around the ring: what trapped-ion machines run natively."""

from collections.abc import Iterator
from typing import Any

from qml.algorithms.ansatze.ring import neighbours
from qml.circuits import Gate


def shape(wires: int) -> tuple[int, ...]:
    """Return (wires, 3): RX, RZ and RZZ with the next wire."""
    return (wires, 3)


def layer(weights: Any, wires: int, index: int) -> Iterator[Gate]:
    """Yield RX and RZ on every wire, then RZZ(i, i + 1) around the ring."""
    del index
    for wire in range(wires):
        yield Gate("rx", (wire,), (weights[wire, 0],))
        yield Gate("rz", (wire,), (weights[wire, 1],))
    for pair in neighbours(wires):
        yield Gate("rzz", pair, (weights[pair[0], 2],))
