"""The protocol of a feature map: inputs become a state whose overlaps are a kernel."""

from typing import Any, Protocol

from qml.circuits import Circuit


class FeatureMap(Protocol):
    """Prepares |phi(x)> on one wire per feature."""

    def circuit(self, inputs: Any, repeats: int) -> Circuit:
        """Return the circuit for inputs of shape (features,), radians."""
        ...
