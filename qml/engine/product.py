"""The state before anything entangles: an outer product of one vector per wire."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from qml.engine.angles import Angles
from qml.engine.gather import unstack
from qml.engine.local import IDENTITY, matrices, one_angle
from qml.engine.lower import Prefix
from qml.engine.operations import Factor


def product_state(prefix: Prefix, angles: Angles, on_inputs: tuple[bool, ...], dtype: Any) -> Any:
    """Return the states after the one-qubit gates at the start.

    Args:
        prefix: Gates of each wire.
        angles: Values of all slots.
        on_inputs: For each slot, whether it depends on the inputs.
        dtype: Complex data type.

    Returns:
        Real and imaginary parts, (2 * 2**wires, B), wire 0 most significant.
    """
    psi = outer(_vectors(prefix, angles, on_inputs, dtype))
    # without the barrier XLA computes the product anew for each entry that a later gather reads
    both: Any = jax.lax.optimization_barrier(jnp.concatenate([jnp.real(psi), jnp.imag(psi)]))
    return both


def outer(vectors: Any) -> Any:
    """Outer product of vectors (wires, size, B), the first most significant; (size**wires, B)."""
    wires, size, batch = vectors.shape
    if wires == 1:
        return vectors[0]
    even = wires - wires % 2
    a, b = unstack(vectors[:even].reshape(even // 2, 2, size, batch), axis=1)
    product = outer((a[:, :, None] * b[:, None]).reshape(even // 2, size * size, batch))
    if even == wires:
        return product
    return (product[:, None] * vectors[-1][None]).reshape(-1, batch)


def _vectors(prefix: Prefix, angles: Angles, on_inputs: tuple[bool, ...], dtype: Any) -> Any:
    """Amplitudes of |0> and |1> of every wire, (wires, 2, B)."""
    split = [[part for factor in run for part in one_angle(factor)] for run in prefix]
    shape = (len(prefix), angles.batched.shape[1], 2)
    vector = jnp.broadcast_to(jnp.asarray(np.array([1, 0]), dtype), shape)
    for step in range(max(map(len, split))):
        factors = [run[step] if step < len(run) else IDENTITY for run in split]
        gate = _gates(factors, angles, on_inputs, dtype)
        vector = (gate * vector[..., None, :]).sum(axis=-1)
    return vector.transpose(0, 2, 1)


def _gates(factors: list[Factor], angles: Angles, on_inputs: tuple[bool, ...], dtype: Any) -> Any:
    """Matrices (wires, B or 1, 2, 2) of gates of which some depend on the inputs."""
    batched = np.array([_depends(factor, on_inputs) for factor in factors])
    if batched.all():
        return matrices(factors, angles, dtype, batched=True)
    shared = [IDENTITY if b else f for f, b in zip(factors, batched, strict=True)]
    found = matrices(shared, angles, dtype, batched=False)[:, None]
    if not batched.any():
        return found
    rest = [f if b else IDENTITY for f, b in zip(factors, batched, strict=True)]
    chosen = jnp.asarray(batched)[:, None, None, None]
    return jnp.where(chosen, matrices(rest, angles, dtype, batched=True), found)


def _depends(factor: Factor, on_inputs: tuple[bool, ...]) -> bool:
    return any(p.slot is not None and on_inputs[p.slot] for p in factor.params)
