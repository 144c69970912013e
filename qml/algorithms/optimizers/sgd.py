"""Stochastic gradient descent with momentum."""

from typing import Any

import optax

from qml.config.sections import TrainSection


def make(section: TrainSection, learning_rate: Any) -> Any:
    """Return SGD with `train.momentum`."""
    return optax.sgd(learning_rate, momentum=section.momentum or None)
