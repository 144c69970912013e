"""L-BFGS with a zoom line search: Nocedal and Wright, Numerical Optimization (2006), ch. 3 and 7.

It evaluates the loss several times a step, so it needs exact gradients; batches should hold all
rows.
"""

from typing import Any

import optax

from qml.config.sections import TrainSection


def make(section: TrainSection, learning_rate: Any) -> Any:
    """Return L-BFGS; the line search chooses the step, so the learning rate plays no part."""
    del section, learning_rate
    return optax.lbfgs()
