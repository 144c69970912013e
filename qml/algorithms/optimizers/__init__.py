"""Optimisers, all from optax; family `optimizers`."""

from typing import Any

from qml.algorithms.optimizers.base import MakeOptimizer
from qml.algorithms.optimizers.schedule import learning_rate
from qml.config.sections import TrainSection
from qml.plugins import load


def make_optimizer(section: TrainSection, steps: int) -> Any:
    """Build the optimiser that `[train]` names, with its schedule and clipping.

    Args:
        section: `[train]`.
        steps: Number of steps the schedule runs over.

    Returns:
        An optax transformation that accepts the extra arguments of a line search.
    """
    import optax

    make: MakeOptimizer = load("optimizers", section.optimizer)
    optimizer = make(section, learning_rate(section, steps))
    if section.clip is not None:
        optimizer = optax.chain(optax.clip_by_global_norm(section.clip), optimizer)
    return optax.with_extra_args_support(optimizer)


__all__ = ["make_optimizer"]
