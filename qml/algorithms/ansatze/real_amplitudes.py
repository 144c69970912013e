"""RY on every wire, then a chain of CNOTs: states with real amplitudes, a third of the weights."""

from collections.abc import Iterator
from typing import Any

from qml.circuits import Gate


def shape(wires: int) -> tuple[int, ...]:
    """Return (wires,)."""
    return (wires,)


def layer(weights: Any, wires: int, index: int) -> Iterator[Gate]:
    """Yield RY on every wire, then CNOT(i, i + 1) along the chain."""
    del index
    for wire in range(wires):
        yield Gate("ry", (wire,), (weights[wire],))
    for wire in range(wires - 1):
        yield Gate("cnot", (wire, wire + 1))
