"""Sums of parity signs over all basis states, split into two halves of the bits.

The sign of a mask factorises: s(x) = s(high bits) s(low bits). So sums over thousands of basis
states are small matrix products, and no table of 2**n signs is kept for many wires.
"""

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray


def signs(masks: Sequence[int], bits: int) -> NDArray[np.float64]:
    """Parity signs +-1 of every basis state, shape (2**bits, masks)."""
    index = np.arange(1 << bits)
    parity = [np.bitwise_count(index & mask) & 1 for mask in masks]
    return 1.0 - 2.0 * np.array(parity, dtype=np.float64).reshape(len(masks), -1).T


def synthesize(masks: Sequence[int], values: Any, bits: int) -> Any:
    """Return sum_j values[j] s_j(x), 2**bits rows; `values` is (masks,) or (masks, B)."""
    high, low = _halves(masks, bits)
    high, low = jnp.asarray(high, values.dtype), jnp.asarray(low, values.dtype)
    if values.ndim == 1:
        return ((high * values) @ low.T).reshape(-1)
    found = jnp.einsum("hj,lj,jb->hlb", high, low, values)
    return found.reshape(-1, values.shape[1])


def analyze(masks: Sequence[int], values: Any, bits: int) -> Any:
    """Return sum_x values[..., x] s_j(x), shape (..., masks)."""
    high, low = _halves(masks, bits)
    table = values.reshape(*values.shape[:-1], *(len(high), len(low)))
    partial = table @ jnp.asarray(low, values.dtype)
    return (partial * jnp.asarray(high, values.dtype)).sum(axis=-2)


def _halves(masks: Sequence[int], bits: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    low = bits // 2
    return (
        signs([mask >> low for mask in masks], bits - low),
        signs([mask & ((1 << low) - 1) for mask in masks], low),
    )
