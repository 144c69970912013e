"""One step of training a generative model."""

from typing import Any

import jax
import numpy as np
import optax

from qml.algorithms.generators.base import Generator
from qml.algorithms.gradients import Batch
from qml.algorithms.training.step import Step, StepInfo, TrainState


def fresh_state(
    generator: Generator, optimizer: Any, rows: Any, seed: int, precision: str
) -> TrainState:
    """Return the state before the first step; the model's memory stands beside the optimiser's.

    Args:
        generator: The model.
        optimizer: An optax transformation.
        rows: Training rows, shape (N, bits).
        seed: Of the first parameters and the memory.
        precision: `float32` or `float64`.
    """
    drawn = generator.init(rows, seed)
    params = {k: jax.device_put(np.asarray(v, dtype=precision)) for k, v in drawn.items()}
    memory = jax.tree.map(jax.device_put, generator.memory(rows, seed))
    return TrainState(params, (jax.jit(optimizer.init)(params), memory))


def build_step(generator: Generator, optimizer: Any) -> Step:
    """Return the compiled step function.

    Args:
        generator: The model.
        optimizer: An optax transformation with support for extra arguments.
    """

    def update(state: TrainState, batch: Batch, seed: int) -> tuple[TrainState, StepInfo]:
        inner, memory = state.optimizer
        key = jax.random.key(seed)
        look = generator.look(state.params, memory, batch.features, batch.mask, key)
        updates, after = optimizer.update(
            look.gradient,
            inner,
            state.params,
            value=look.loss,
            grad=look.gradient,
            value_fn=lambda p: generator.look(p, memory, batch.features, batch.mask, key).loss,
        )
        params = optax.apply_updates(state.params, updates)
        return TrainState(params, (after, look.memory)), StepInfo(look.loss, None)

    return jax.jit(update)  # type: ignore[no-any-return] # JAX wraps it
