"""The Walsh-Hadamard transform as two small matrix products, for JAX."""

from typing import Any

import jax.numpy as jnp
import numpy as np
from scipy.linalg import hadamard


def walsh(values: Any, bits: int) -> Any:
    """Return sum_x (-1)^(a.x) values[x], shape (2**bits,); differentiable."""
    high, low = bits - bits // 2, bits // 2
    left, right = (jnp.asarray(hadamard(2**half), values.dtype) for half in (high, low))
    table = values.reshape(2**high, 2**low)
    return (left @ table @ right).reshape(-1)


def places(gates: Any) -> Any:
    """Return the index of each gate's set of bits, bit 0 most significant; shape (gates,)."""
    bits = gates.shape[1]
    return np.asarray(gates, dtype=np.int64) @ (1 << np.arange(bits - 1, -1, -1))


def spread_out(values: Any, where: Any, bits: int) -> Any:
    """Return zeros of shape (2**bits,) with the values at their places."""
    return jnp.zeros(2**bits, values.dtype).at[where].set(values)
