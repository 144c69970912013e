"""Angle encoding: input i is the angle of RY on wire i."""

from collections.abc import Iterator
from typing import Any

from qml.circuits import Gate


def capacity(wires: int) -> int:
    """Return one input per wire."""
    return wires


def gates(inputs: Any, wires: int) -> Iterator[Gate]:
    """Yield RY(x_i) on wire i."""
    del wires
    for wire in range(inputs.shape[0]):
        yield Gate("ry", (wire,), (inputs[wire],))
