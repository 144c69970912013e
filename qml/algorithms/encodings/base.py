"""The protocol of an encoding: inputs become angles."""

from collections.abc import Iterator
from typing import Any, Protocol

from qml.circuits import Gate


class Encoding(Protocol):
    """Writes a vector of inputs into a register."""

    def capacity(self, wires: int) -> int:
        """Return how many inputs fit on so many wires."""
        ...

    def gates(self, inputs: Any, wires: int) -> Iterator[Gate]:
        """Yield the gates; `inputs` has shape (features,), radians, features <= capacity."""
        ...
