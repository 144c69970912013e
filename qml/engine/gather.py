"""Gathers with fixed indices whose derivatives are gathers too; XLA scatters slowly on a CPU."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray


def pick(source: Any, index: NDArray[Any]) -> Any:
    """Return `source[index]` along the first axis; `index` has any shape and may repeat entries."""
    if index.ndim == 1 and np.array_equal(index, np.arange(len(source))):
        return source
    back = occurrences(index.reshape(-1), len(source))

    @jax.custom_vjp  # type: ignore[untyped-decorator]
    def apply(values: Any) -> Any:
        return take(values, index)

    def pull(_: None, g: Any) -> tuple[Any]:
        rows = g.reshape(-1, *g.shape[index.ndim :])
        padded = jnp.pad(rows, ((0, 1),) + ((0, 0),) * (rows.ndim - 1))
        return (pick(padded, back).sum(axis=1),)

    apply.defvjp(lambda values: (take(values, index), None), pull)
    return apply(source)


def take(array: Any, index: Any) -> Any:
    """Gather along the first axis with indices that are known to be in bounds."""
    return array.at[index].get(mode="promise_in_bounds")


def occurrences(index: NDArray[Any], size: int) -> NDArray[np.int32]:
    """For each of `size` entries, where `index` names it; padded with len(index)."""
    order = np.argsort(index, kind="stable")
    start = np.searchsorted(index[order], np.arange(size + 1))
    most = max(1, int(np.diff(start).max(initial=0)))
    found = np.full((size, most), len(index), dtype=np.int32)
    for entry in np.flatnonzero(np.diff(start)):
        places = order[start[entry] : start[entry + 1]]
        found[entry, : len(places)] = places
    return found


def unstack(stacked: Any, axis: int = 0) -> list[Any]:
    """Split along an axis; the derivative is one concatenation."""
    pieces = jax.lax.split(stacked, [1] * stacked.shape[axis], axis)
    return [jnp.squeeze(piece, axis) for piece in pieces]
