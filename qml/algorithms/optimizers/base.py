"""The protocol of an optimiser: a function from `[train]` to an optax transformation.

An optimiser is made by `make(section, learning_rate) -> optax.GradientTransformation`, the
function that its entry
point in `qml.optimizers.v1` names.
"""

from typing import Any, Protocol

from qml.config.sections import TrainSection


class MakeOptimizer(Protocol):
    """Builds an optimiser."""

    def __call__(self, section: TrainSection, learning_rate: Any) -> Any:
        """Return an optax transformation; `learning_rate` is a number or an optax schedule."""
        ...
