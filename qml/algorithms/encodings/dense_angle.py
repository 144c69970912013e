"""Dense angle encoding: two inputs per wire, as RY and RZ.

LaRose and Coyle, Phys. Rev. A 102, 032420 (2020), arXiv:2003.01695.
"""

from collections.abc import Iterator
from typing import Any

from qml.circuits import Gate


def capacity(wires: int) -> int:
    """Return two inputs per wire."""
    return 2 * wires


def gates(inputs: Any, wires: int) -> Iterator[Gate]:
    """Yield RY(x_i) on wire i for the first inputs, then RZ for those that are left."""
    for index in range(inputs.shape[0]):
        name = "ry" if index < wires else "rz"
        yield Gate(name, (index % wires,), (inputs[index],))
