"""Sums of parity signs over all basis states, split into two halves of the bits.

The sign of a mask factorises: s(x) = s(high bits) s(low bits). So sums over thousands of basis
states are small matrix products, and no table of 2**n signs is kept for many wires.
"""

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

_DIRECT_BITS = 12


def signs(masks: Sequence[int], bits: int) -> NDArray[np.float64]:
    """Parity signs +-1 of every basis state, shape (2**bits, masks)."""
    index = np.arange(1 << bits)
    parity = [np.bitwise_count(index & mask) & 1 for mask in masks]
    return 1.0 - 2.0 * np.array(parity, dtype=np.float64).reshape(len(masks), -1).T


def synthesize(masks: Sequence[int], values: Any, bits: int) -> Any:
    """Return sum_j values[j] s_j(x), shape (2**bits, B); `values` is (masks,) or (masks, B)."""
    if bits <= _DIRECT_BITS or values.ndim > 1:
        table = jnp.asarray(signs(masks, bits), values.dtype)
        return table @ (values if values.ndim > 1 else values[:, None])
    high, low = (jnp.asarray(half, values.dtype) for half in _halves(masks, bits))
    return ((high * values) @ low.T).reshape(-1, 1)


def analyze(masks: Sequence[int], values: Any, bits: int) -> Any:
    """Return sum_x values[x] s_j(x), shape (masks, B); `values` is (2**bits, B)."""
    if bits <= _DIRECT_BITS:
        return jnp.asarray(signs(masks, bits).T, values.dtype) @ values
    high, low = (jnp.asarray(half, values.dtype) for half in _halves(masks, bits))
    partial = high.T @ values.reshape(len(high), -1)
    partial = partial.reshape(len(masks), len(low), -1)
    return (partial * low.T[:, :, None]).sum(axis=1)


def _halves(masks: Sequence[int], bits: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    low = bits // 2
    return (
        signs([mask >> low for mask in masks], bits - low),
        signs([mask & ((1 << low) - 1) for mask in masks], low),
    )
