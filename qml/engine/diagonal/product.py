"""Mixers that are sums over wires: phases in a product basis, one real rotation per wire."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.engine.diagonal.angles import cos_sin
from qml.engine.diagonal.mixers import slope, times
from qml.engine.precision import dtypes

RADIX = 3
"""Wires that are rotated in one pass: products with 8 x 8 matrices are still bound by memory."""


@jax.tree_util.register_dataclass
@dataclass(frozen=True, slots=True)
class ProductMixer:
    """B = sum of sigma_i, where sigma_i is a reflection in the plane of X and Z of wire i.

    With all wires at 90 degrees B is the usual sum of X. A wire at another angle is the mixer of a
    warm start: Egger, Marecek and Woerner, Quantum 5, 479 (2021), arXiv:2009.10095.

    Attributes:
        bases: Eigenvectors of groups of wires, (2**k, 2**k) each.
        high: Eigenvalues of the first half of the wires, (2**a,).
        low: Eigenvalues of the rest, (2**b,).
    """

    bases: tuple[Any, ...]
    high: Any
    low: Any

    def apply(self, state: Any, beta: Any) -> Any:
        """Return exp(-i beta B) of a state, shape (2, d)."""
        return self._back(self._phase(self._there(state), beta))

    def pull(self, pair: Any, beta: Any) -> tuple[Any, Any]:
        """Undo a layer on a state and its cotangent; see `Mixer.pull`."""
        shape = pair.shape
        inside = self._there(pair.reshape(4, -1)).reshape(shape)
        split = inside.reshape(2, 2, self.high.size, self.low.size)
        found = slope(split, self.high[:, None] + self.low[None, :])
        before = jnp.stack([self._phase(part, -beta) for part in inside])
        return self._back(before.reshape(4, -1)).reshape(shape), found

    def _phase(self, state: Any, beta: Any) -> Any:
        """Multiply by exp(-i beta B); the phase of an index is a product of two."""
        factors = (*cos_sin(beta * self.high), *cos_sin(beta * self.low))
        # without the barrier XLA computes the factors anew for every amplitude
        c, s, c_low, s_low = jax.lax.optimization_barrier(factors)
        real = c[:, None] * c_low - s[:, None] * s_low
        imaginary = -(c[:, None] * s_low + s[:, None] * c_low)
        split = state.reshape(2, self.high.size, self.low.size)
        return times(split, real, imaginary).reshape(state.shape)

    def _there(self, rows: Any) -> Any:
        """Rotate into the eigenbasis; each pass moves the wires that it rotates to the end."""
        for basis in self.bases:
            rows = _rotate(rows, basis, over=0)
        return rows

    def _back(self, rows: Any) -> Any:
        for basis in self.bases:
            rows = _rotate(rows, basis, over=1)
        return rows


def _rotate(rows: Any, basis: Any, *, over: int) -> Any:
    split = rows.reshape(rows.shape[0], basis.shape[0], -1)
    turned = jax.lax.dot_general(split, basis, (((1,), (over,)), ((), ())))
    return turned.reshape(rows.shape)


def x_mixer(wires: int, precision: str, angles: NDArray[np.float64] | None = None) -> ProductMixer:
    """Return the mixer of so many wires.

    Args:
        wires: Number of wires.
        precision: "float32" or "float64".
        angles: Angle between each wire's reflection and Z, (wires,); 90 degrees where None.

    Raises:
        CircuitError: float64 was asked for while JAX works in 32 bits.
    """
    dtype = dtypes(precision).real
    turned = np.full(wires, np.pi / 2) if angles is None else angles
    single = [_basis(angle) for angle in turned]
    groups = [single[i : i + RADIX] for i in range(0, wires, RADIX)]
    cut = wires // 2
    return ProductMixer(
        bases=tuple(jnp.asarray(_kron(group), dtype) for group in groups),
        high=jnp.asarray(_signs(cut), dtype),
        low=jnp.asarray(_signs(wires - cut), dtype),
    )


def product_start(wires: int, angles: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return the top eigenstate of the mixer: |+>, or RY(angle)|0> of each wire; (2**wires,)."""
    turned = np.full(wires, np.pi / 2) if angles is None else angles
    return _kron([_basis(angle)[:, :1] for angle in turned])[:, 0]


def _basis(angle: float) -> NDArray[np.float64]:
    c, s = np.cos(angle / 2), np.sin(angle / 2)
    return np.array([[c, -s], [s, c]])


def _kron(factors: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.ones((1, 1))
    for factor in factors:
        found = np.asarray(np.kron(found, factor))
    return found


def _signs(wires: int) -> NDArray[np.float64]:
    """Sum of +1 for each 0 and -1 for each 1 of every index, (2**wires,)."""
    return wires - 2.0 * np.bitwise_count(np.arange(1 << wires))
