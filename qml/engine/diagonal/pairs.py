"""Mixers that swap: one rotation after the other, each between pairs of assignments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.engine.diagonal.mixers import slope


@jax.tree_util.register_dataclass
@dataclass(frozen=True, slots=True)
class PairMixer:
    """A product of exp(-i beta B_e), where B_e exchanges each assignment with its partner.

    With partners that differ by exchanged bits of two wires, B_e is (XX + YY) / 2 of these wires:
    the XY mixer of Hadfield et al., Algorithms 12, 34 (2019), arXiv:1709.03489, factor by factor as
    a circuit runs it. Every number of ones is kept.

    Attributes:
        partners: Index of the partner of each assignment, (factors, d); its own where it has none.
    """

    partners: Any

    def apply(self, state: Any, beta: Any) -> Any:
        """Return the product, first factor first, of a state, shape (2, d)."""

        def step(state: Any, partner: Any) -> tuple[Any, None]:
            return _exchange(state, partner, beta), None

        return jax.lax.scan(step, state, self.partners)[0]

    def pull(self, pair: Any, beta: Any) -> tuple[Any, Any]:
        """Undo a layer on a state and its cotangent; see `Mixer.pull`."""

        def step(pair: Any, partner: Any) -> tuple[Any, Any]:
            moved = partner != jnp.arange(partner.size, dtype=partner.dtype)
            swapped = jnp.stack([pair[0][:, partner], pair[1]])
            found = slope(swapped, moved)
            return jnp.stack([_exchange(part, partner, -beta) for part in pair]), found

        before, slopes = jax.lax.scan(step, pair, self.partners, reverse=True)
        return before, slopes.sum()


def _exchange(state: Any, partner: Any, beta: Any) -> Any:
    moved = partner != jnp.arange(partner.size, dtype=partner.dtype)
    other = state[:, partner]
    c, s = jnp.cos(beta), jnp.sin(beta)
    mixed = jnp.stack([c * state[0] + s * other[1], c * state[1] - s * other[0]])
    return jnp.where(moved, mixed, state)


def exchange_partners(
    samples: NDArray[np.int8], pairs: Sequence[tuple[int, int]], flips: Sequence[int] = ()
) -> NDArray[np.int32]:
    """Find for each assignment the one with two bits exchanged, or with one bit flipped.

    Args:
        samples: All assignments that are kept, (d, n), in ascending order of their indices.
        pairs: Wires of each factor that exchanges.
        flips: Wires of each factor that flips; they follow.

    Returns:
        Shape (factors, d); a partner outside the samples counts as none.
    """
    keys, own = keys_of(samples), np.arange(len(samples))
    orders = [_exchanged(samples.shape[1], i, j) for i, j in pairs]
    partners = [_places(keys, keys_of(samples[:, order]), own) for order in orders]
    partners += [_places(keys, keys_of(_flipped(samples, wire)), own) for wire in flips]
    return np.array(partners, dtype=np.int32).reshape(-1, len(samples))


def keys_of(samples: NDArray[np.int8]) -> NDArray[np.bytes_]:
    """Return each assignment, (d, n), as bytes that sort like its index; shape (d,)."""
    packed = np.packbits(samples.astype(np.uint8), axis=1)
    return np.ascontiguousarray(packed).view(f"S{packed.shape[1]}")[:, 0]


def _exchanged(wires: int, i: int, j: int) -> NDArray[np.int64]:
    order = np.arange(wires)
    order[[i, j]] = order[[j, i]]
    return order


def _flipped(samples: NDArray[np.int8], wire: int) -> NDArray[np.int8]:
    found = samples.copy()
    found[:, wire] ^= 1
    return found


def _places(
    keys: NDArray[np.bytes_], wanted: NDArray[np.bytes_], own: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return where the wanted stand among the sorted keys; their own places where they do not."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, own)
