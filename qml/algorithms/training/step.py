"""One step of training: state in, state and facts out."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import optax

from qml.algorithms.gradients import Batch, GradientMethod
from qml.algorithms.models import Params


class TrainState(NamedTuple):
    """All that a step changes.

    Attributes:
        params: Named arrays.
        optimizer: State of the optimiser, a tree of arrays.
    """

    params: Params
    optimizer: Any


class StepInfo(NamedTuple):
    """What a step tells.

    Attributes:
        loss: Mean cross-entropy of its batch before the update, nats.
        accuracy: Share of its rows classified rightly before the update.
    """

    loss: Any
    accuracy: Any


Step = Callable[[TrainState, Batch, int], tuple[TrainState, StepInfo]]


def init(params: Params, optimizer: Any) -> TrainState:
    """Return the state before the first step."""
    on_device = {name: jax.device_put(value) for name, value in params.items()}
    return TrainState(on_device, jax.jit(optimizer.init)(on_device))


def build_step(method: GradientMethod, optimizer: Any) -> Step:
    """Return the step function; compiled as a whole where the gradient is pure JAX.

    Args:
        method: Estimates loss and gradient.
        optimizer: An optax transformation with support for extra arguments.
    """

    def update(state: TrainState, batch: Batch, seed: int) -> tuple[TrainState, StepInfo]:
        estimate = method(state.params, batch, seed)
        updates, after = optimizer.update(
            estimate.gradient,
            state.optimizer,
            state.params,
            value=estimate.loss,
            grad=estimate.gradient,
            value_fn=lambda p: method(p, batch, seed).loss,
        )
        return (
            TrainState(optax.apply_updates(state.params, updates), after),
            StepInfo(estimate.loss, estimate.accuracy),
        )

    return jax.jit(update) if method.traceable else update
