"""A short training of what is left, towards the whole model's answers."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from qml import engine
from qml.algorithms.models import Params, VariationalModel
from qml.compression.circuit.damage import PRECISION
from qml.compression.circuit.result import CutModel

_CLIP = 1.0


class Retrained(NamedTuple):
    """What came out.

    Attributes:
        cut: The model with the best arrays that were seen; those it began with where none was
            better.
        before: Divergence from the teacher where it began (nats per row).
        after: The least that was seen (nats per row).
        interrupted: Whether somebody asked to stop.
    """

    cut: CutModel
    before: float
    after: float
    interrupted: bool


def retrain(
    whole: VariationalModel,
    cut: CutModel,
    teacher: NDArray[np.floating],
    features: NDArray[np.floating],
    *,
    steps: int,
    learning_rate: float,
    stop: Callable[[], bool],
) -> Retrained:
    """Follow the teacher: least mean KL(teacher || student) on rows, Adam with a cosine schedule.

    Gates that are gone stay gone, and weights that are zero stay zero.

    Args:
        whole: The model before it was cut.
        cut: What is left.
        teacher: Logits of the whole model on the rows, shape (N, classes).
        features: Prepared training rows, shape (N, d).
        steps: Steps, each on all rows.
        learning_rate: Its first step size.
        stop: Whether somebody asked to stop.
    """
    loss = _loss(cut.model(whole), cut, teacher, features)
    optimizer = optax.chain(
        optax.clip_by_global_norm(_CLIP),
        optax.adam(optax.cosine_decay_schedule(learning_rate, steps)),
    )

    def advance(params: Params, state: Any) -> tuple[Params, Any, Any]:
        value, slopes = jax.value_and_grad(loss)(params)
        updates, state = optimizer.update(slopes, state, params)
        return optax.apply_updates(params, updates), state, value

    step = jax.jit(advance)
    params = {k: jnp.asarray(v, dtype=PRECISION) for k, v in cut.params.items()}
    state, best, least, before, interrupted = optimizer.init(params), params, np.inf, np.nan, False
    for number in range(steps + 1):
        here = params
        params, state, value = step(params, state)
        before = float(value) if number == 0 else before
        if float(value) < least:
            best, least = here, float(value)
        interrupted = stop()
        if interrupted:
            break
    arrays = {k: np.asarray(v) * cut.masks.get(k, 1) for k, v in best.items()}
    done = CutModel(dropped=cut.dropped, params=arrays, masks=cut.masks)
    return Retrained(done, before, least, interrupted)


def _loss(
    model: VariationalModel, cut: CutModel, teacher: NDArray[np.floating], features: Any
) -> Callable[[Params], Any]:
    circuit = engine.expectations(model.circuit, precision=PRECISION)
    rows = jnp.asarray(features, dtype=PRECISION)
    target = jax.nn.log_softmax(jnp.asarray(teacher, dtype=PRECISION))
    masks = {k: jnp.asarray(v, dtype=PRECISION) for k, v in cut.masks.items()}

    def loss(params: Params) -> Any:
        kept = {k: v * masks[k] if k in masks else v for k, v in params.items()}
        logits = model.after(kept, circuit(model.before(kept, rows), kept["weights"]))
        gap = target - jax.nn.log_softmax(logits)
        return (jnp.exp(target) * gap).sum(axis=1).mean()

    return loss
