"""What a peer does: one gradient to be checked, then training steps to be timed.

The loss is the sum over rows and qubits of <Z_i> squared; the optimiser is Adam.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypedDict

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.measurements.step.peers.adam import adam, start

Floats = NDArray[np.floating]
Gradients = Sequence[Any]
Gate = tuple[str, tuple[int, ...], tuple[str, int] | None]


class Unable(Exception):  # noqa: N818 - it is an answer
    """The peer has no method for what is asked."""


class Document(TypedDict):
    """A case as JSON; see `circuits.Case`."""

    wires: int
    gates: list[Gate]
    inputs: list[list[float]]
    weights: list[float]
    inputs_too: bool


class Peer(Protocol):
    """A prepared step.

    Attributes:
        facts: How it works: method, precision.
    """

    facts: dict[str, str]

    def gradient(self) -> tuple[float, Gradients]:
        """Return loss and gradients at the start: of the weights, then of the inputs if asked."""
        ...

    def train(self, steps: int) -> None:
        """Carry steps out to their end: loss, gradient, update of the weights."""
        ...


class Descent:
    """A peer whose library returns arrays that obey arithmetic: Adam is carried out on them.

    Args:
        value_and_gradient: Weights to loss and gradients.
        weights: Where to start.
        facts: How it works.
    """

    def __init__(
        self,
        value_and_gradient: Callable[[Any], tuple[Any, Gradients]],
        weights: Any,
        facts: dict[str, str],
    ) -> None:
        self.facts = facts
        self._function = value_and_gradient
        self._weights, self._state = weights, start(weights)

    def gradient(self) -> tuple[float, Gradients]:
        """Return loss and gradients at the start."""
        loss, gradients = self._function(self._weights)
        return float(loss), gradients

    def train(self, steps: int) -> None:
        """Carry steps out."""
        for _ in range(steps):
            _, gradients = self._function(self._weights)
            self._weights, self._state = adam(self._weights, gradients[0], self._state)


def weights_only(case: Document) -> None:
    """Refuse gradients of the inputs.

    Raises:
        Unable: They are asked for.
    """
    if case["inputs_too"]:
        raise Unable("gradients of the inputs are not measured here")
