"""Rz Ry Rz on every wire, then a ring of CNOTs: any product of rotations, strongly entangled.

The layer of Schuld, Bocharov, Svore and Wiebe, Phys. Rev. A 101, 032308 (2020), with range 1.
"""

from collections.abc import Iterator
from typing import Any

from qml.circuits import Gate


def shape(wires: int) -> tuple[int, ...]:
    """Return (wires, 3)."""
    return (wires, 3)


def layer(weights: Any, wires: int, index: int) -> Iterator[Gate]:
    """Yield the rotations, then CNOT(i, i + 1) around the ring."""
    del index
    for wire in range(wires):
        yield Gate("rz", (wire,), (weights[wire, 0],))
        yield Gate("ry", (wire,), (weights[wire, 1],))
        yield Gate("rz", (wire,), (weights[wire, 2],))
    yield from ring(wires)


def ring(wires: int) -> Iterator[Gate]:
    """Yield CNOTs around a ring; one CNOT for two wires, none for one."""
    pairs = wires if wires > 2 else wires - 1  # noqa: PLR2004 - a ring needs three
    for wire in range(pairs):
        yield Gate("cnot", (wire, (wire + 1) % wires))
