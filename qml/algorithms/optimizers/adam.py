"""Adam: Kingma and Ba, ICLR 2015, arXiv:1412.6980."""

from typing import Any

import optax

from qml.config.sections import TrainSection


def make(section: TrainSection, learning_rate: Any) -> Any:
    """Return Adam with optax's defaults for the moments."""
    del section
    return optax.adam(learning_rate)
