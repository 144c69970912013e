"""Values of all angles: one row for those that depend on weights alone, a table for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.circuits.template import Template
from qml.engine.gather import pick
from qml.engine.operations import Angle
from qml.engine.selection import Selection


@dataclass(frozen=True, slots=True)
class Angles:
    """Values of the slots.

    Attributes:
        shared: Values that do not depend on the inputs, (entries,).
        batched: Values that do, (entries, B).
        shared_at: For each slot, its entry of `shared`.
        batched_at: For each slot, its entry of `batched`.
    """

    shared: Any
    batched: Any
    shared_at: NDArray[np.int32]
    batched_at: NDArray[np.int32]

    @classmethod
    def of(cls, template: Template, selection: Selection, inputs: Any, weights: Any) -> "Angles":
        """Evaluate the angles of every row of `inputs` (B, features)."""
        if selection.known.all():
            return cls(
                _at_least_one(weights.reshape(-1)),
                _at_least_one(inputs.T),
                selection.weights,
                selection.inputs,
            )
        # a barrier keeps XLA from inlining a stack of hundreds of scalars into each use of it
        batched = jax.vmap(lambda row: template.angles(row, weights), out_axes=1)(inputs)
        shared = template.angles(jax.lax.stop_gradient(inputs[0]), weights)
        shared, batched = jax.lax.optimization_barrier((shared, batched))
        every = np.arange(template.slots, dtype=np.int32)
        return cls(shared.astype(inputs.dtype), batched.astype(inputs.dtype), every, every)

    def values(self, angles: Sequence[Angle], *, batched: bool = False) -> Any:
        """Evaluate angles; shape (angles,), or (angles, B) for batched ones."""
        source, at = (self.batched, self.batched_at) if batched else (self.shared, self.shared_at)
        index = np.array([0 if a.slot is None else at[a.slot] for a in angles], dtype=np.int32)
        scale = np.array([a.scale for a in angles])
        offset = np.array([a.offset for a in angles])
        found = pick(source, index)
        if batched:
            scale, offset = scale[:, None], offset[:, None]
        if (scale != 1).any():
            found = found * jnp.asarray(scale, source.dtype)
        if offset.any():
            found = found + jnp.asarray(offset, source.dtype)
        return found


def _at_least_one(values: Any) -> Any:
    return values if values.shape[0] else jnp.zeros((1, *values.shape[1:]), values.dtype)
