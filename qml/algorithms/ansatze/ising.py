"""RX on every wire and RZZ around the ring: what trapped-ion machines run natively."""

from collections.abc import Iterator
from typing import Any

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
    pairs = wires if wires > 2 else wires - 1  # noqa: PLR2004 - a ring needs three
    for wire in range(pairs):
        yield Gate("rzz", (wire, (wire + 1) % wires), (weights[wire, 2],))
