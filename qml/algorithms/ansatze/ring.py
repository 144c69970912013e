"""Rz Ry Rz on every wire, then a ring of CNOTs: any product of rotations, strongly entangled.

The layer of Schuld, Bocharov, Svore and Wiebe, Phys. Rev. A 101, 032308 (2020), with range 1.
"""

from collections.abc import Iterator
from typing import Any

from qml.algorithms.ansatze import separable
from qml.circuits import Gate


def shape(wires: int) -> tuple[int, ...]:
    """Return (wires, 3)."""
    return (wires, 3)


def layer(weights: Any, wires: int, index: int) -> Iterator[Gate]:
    """Yield the rotations, then CNOT(i, i + 1) around the ring."""
    yield from separable.layer(weights, wires, index)
    for pair in neighbours(wires):
        yield Gate("cnot", pair)


def neighbours(wires: int) -> list[tuple[int, int]]:
    """Return the pairs around a ring; one pair for two wires, none for one."""
    pairs = wires if wires > 2 else wires - 1  # noqa: PLR2004 - a ring needs three
    return [(wire, (wire + 1) % wires) for wire in range(pairs)]
