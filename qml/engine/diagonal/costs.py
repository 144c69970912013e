"""The diagonal of a quadratic cost: all energies at once."""

import numpy as np
from numpy.typing import NDArray


def bits_of(indices: NDArray[np.int64], wires: int) -> NDArray[np.int8]:
    """Return the bits of indices (m,), the first wire most significant; shape (m, wires)."""
    places = np.arange(wires - 1, -1, -1)
    return np.asarray((indices[:, None] >> places) & 1, dtype=np.int8)


def quadratic_costs(
    linear: NDArray[np.float64], couplings: NDArray[np.float64], offset: float = 0.0
) -> NDArray[np.float64]:
    """Return offset + linear . x + x^T couplings x / 2 of all x in {0, 1}^n.

    The wires are cut into two halves whose energies are found alone; what couples them is one
    matrix product.

    Args:
        linear: Shape (n,).
        couplings: Shape (n, n), symmetric with a zero diagonal.
        offset: Constant.

    Returns:
        Shape (2**n,), x[0] the most significant bit of the index.
    """
    wires = len(linear)
    cut = wires // 2
    high, low = (_all_bits(size) for size in (cut, wires - cut))
    first = _energies(high, linear[:cut], couplings[:cut, :cut])
    second = _energies(low, linear[cut:], couplings[cut:, cut:])
    found: NDArray[np.float64] = (high @ couplings[:cut, cut:]) @ low.T
    found += (first + offset)[:, None]
    found += second[None, :]
    return found.reshape(-1)


def _all_bits(wires: int) -> NDArray[np.float64]:
    return bits_of(np.arange(1 << wires), wires).astype(np.float64)


def _energies(
    x: NDArray[np.float64], linear: NDArray[np.float64], couplings: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.asarray(x @ linear + np.einsum("mi,mi->m", x @ couplings, x) / 2)
