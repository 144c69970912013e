"""AdamW, Adam with decoupled weight decay: Loshchilov and Hutter, ICLR 2019, arXiv:1711.05101."""

from typing import Any

import optax

from qml.config.sections import TrainSection


def make(section: TrainSection, learning_rate: Any) -> Any:
    """Return AdamW with `train.weight_decay`."""
    return optax.adamw(learning_rate, weight_decay=section.weight_decay)
