"""Cross-entropy of a batch, masked."""

from typing import Any

import jax.numpy as jnp
import optax

from qml.algorithms.gradients.base import Batch


def loss_and_accuracy(logits: Any, batch: Batch) -> tuple[Any, Any]:
    """Return mean softmax cross-entropy (nats) and accuracy over the rows that count.

    Args:
        logits: Shape (B, classes).
        batch: Labels and mask.
    """
    rows = jnp.sum(batch.mask)
    each = optax.softmax_cross_entropy_with_integer_labels(logits, batch.labels)
    right = jnp.argmax(logits, axis=1) == batch.labels
    return jnp.sum(each * batch.mask) / rows, jnp.sum(right * batch.mask) / rows
