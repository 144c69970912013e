"""The protocol of an ansatz: a stack of trainable layers."""

from collections.abc import Iterator
from typing import Any, Protocol

from qml.circuits import Gate


class Ansatz(Protocol):
    """One kind of trainable layer."""

    def shape(self, wires: int) -> tuple[int, ...]:
        """Return the shape of the weights of one layer."""
        ...

    def layer(self, weights: Any, wires: int, index: int) -> Iterator[Gate]:
        """Yield the gates of layer `index`; `weights` has the shape of one layer, radians."""
        ...
