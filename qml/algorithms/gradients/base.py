"""The protocol of a gradient method.

A method is made by `make(model, evaluator, section) -> GradientMethod`, and tells its appetite by
`circuits(model, section, rows) -> int`; its entry point in `qml.gradients.v1` names the module
that holds both.
"""

from typing import Any, NamedTuple, Protocol

from qml.algorithms.models import Params, VariationalModel
from qml.circuits import Evaluator
from qml.config.sections import TrainSection


class Batch(NamedTuple):
    """Rows of one step, padded to a fixed number.

    Attributes:
        features: Shape (B, d).
        labels: Shape (B,), integers.
        mask: Shape (B,), 1 for a row and 0 for padding.
    """

    features: Any
    labels: Any
    mask: Any


class Estimate(NamedTuple):
    """What one look at a batch tells.

    Attributes:
        loss: Mean cross-entropy over the rows, nats.
        accuracy: Share of rows classified rightly.
        gradient: Gradient of the loss, named as the parameters.
    """

    loss: Any
    accuracy: Any
    gradient: Params


class GradientMethod(Protocol):
    """Estimates loss and gradient of a batch."""

    @property
    def traceable(self) -> bool:
        """Whether the call is pure JAX, so that a whole step can be compiled."""
        ...

    def __call__(self, params: Params, batch: Batch, seed: int) -> Estimate:
        """Estimate; `seed` feeds random directions."""
        ...


class GradientFamily(Protocol):
    """The module that an entry point of `qml.gradients.v1` names."""

    def make(
        self, model: VariationalModel, evaluator: Evaluator, section: TrainSection
    ) -> GradientMethod:
        """Build the method for a model."""
        ...

    def circuits(self, model: VariationalModel, section: TrainSection, rows: int) -> int:
        """Return the circuits of one step on so many rows."""
        ...
