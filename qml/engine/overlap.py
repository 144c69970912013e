"""Exact fidelities between two sets of rows: quantum kernels."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.circuits.evaluator import OverlapFunction
from qml.circuits.model import CircuitModel
from qml.engine.compile import states
from qml.engine.memory import bytes_needed

_CHUNK_BYTES = 256 * 2**20
_MOST_ROWS = 1024


def overlaps(model: CircuitModel, *, precision: str = "float32") -> OverlapFunction:
    """Compile `(left (M, features), right (N, features), weights) -> (M, N)` fidelities.

    Rows go through in chunks, so that the states of at most two chunks are held at once. Where
    `left is right`, the matrix is exactly symmetric and its diagonal exactly 1.

    Raises:
        CircuitError: `build` cannot be traced, or float64 was not set up.
    """
    state = jax.jit(states(model, precision=precision))
    fidelity = jax.jit(lambda a, b: jnp.abs(a @ b.conj().T) ** 2)
    rows = max(
        1, min(_MOST_ROWS, _CHUNK_BYTES // bytes_needed(model, batch=1, precision=precision))
    )

    def function(left: Any, right: Any, weights: Any) -> NDArray[np.float64]:
        same = left is right
        x, y = np.asarray(left), np.asarray(right)
        found = np.zeros((len(x), len(y)))
        for i in range(0, len(x), rows):
            one = state(x[i : i + rows], weights)
            for j in range(i if same else 0, len(y), rows):
                other = one if same and i == j else state(y[j : j + rows], weights)
                found[i : i + rows, j : j + rows] = fidelity(one, other)
        return _symmetric(found) if same else found

    return function


def _symmetric(found: NDArray[np.float64]) -> NDArray[np.float64]:
    upper = np.triu(found, 1)
    return upper + upper.T + np.eye(len(found))
