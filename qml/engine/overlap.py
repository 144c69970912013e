"""Exact fidelities between two sets of rows: quantum kernels."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.circuits.evaluator import OverlapFunction
from qml.circuits.model import CircuitModel
from qml.engine.bound import chunks
from qml.engine.compile import states
from qml.engine.layered import layered
from qml.engine.memory import bytes_needed
from qml.engine.precision import dtypes

_CHUNK_BYTES = 256 * 2**20
_MOST_ROWS = 1024


class _Chunk(NamedTuple):
    start: int
    rows: int
    states: Any


def overlaps(model: CircuitModel, *, precision: str = "float32") -> OverlapFunction:
    """Make `(left (M, features), right (N, features), weights) -> (M, N)` fidelities.

    Circuits of one-qubit gates and phases go through NumPy where their states are few, others
    through a compiled program, which takes seconds to make. Where `left is right`, the matrix is
    exactly symmetric and its diagonal exactly 1.

    Raises:
        CircuitError: `build` cannot be traced, or float64 was not set up.
    """
    dtypes(precision)
    compiled: list[OverlapFunction] = []

    def function(left: Any, right: Any, weights: Any) -> NDArray[np.float64]:
        x, y = np.asarray(left), np.asarray(right)
        found = layered(model, x, x if left is right else y, weights)
        if found is None:
            if not compiled:
                compiled.append(_compiled(model, precision))
            found = compiled[0](left, right, weights)
        return _symmetric(found) if left is right else found

    return function


def _compiled(model: CircuitModel, precision: str) -> OverlapFunction:
    """Compile the states.

    Rows go through in chunks. States are kept where all of `right` fits the memory set aside, else
    at most two chunks are held at once.
    """
    state = jax.jit(_real_states(model, precision))
    fidelity = jax.jit(_fidelity)
    row_bytes = bytes_needed(model, batch=1, precision=precision)
    most = max(1, min(_MOST_ROWS, _CHUNK_BYTES // row_bytes))

    def evaluated(rows: NDArray[Any], weights: Any) -> Iterator[_Chunk]:
        start = 0
        pieces = max(1, -(-len(rows) // most))
        even = max(1, -(-len(rows) // pieces))  # pieces of one size, so that one program does
        for piece, used in chunks(rows, even):
            yield _Chunk(start, used, state(piece, weights))
            start += used

    def function(left: Any, right: Any, weights: Any) -> NDArray[np.float64]:
        x, y = np.asarray(left), np.asarray(right)
        fits = len(y) * row_bytes <= _CHUNK_BYTES
        kept = list(evaluated(y, weights)) if fits else None
        found = np.zeros((len(x), len(y)))
        for a in kept if kept is not None and left is right else evaluated(x, weights):
            for b in evaluated(y, weights) if kept is None else kept:
                block = np.asarray(fidelity(a.states, b.states))[: a.rows, : b.rows]
                found[a.start : a.start + a.rows, b.start : b.start + b.rows] = block
        return found

    return function


def _real_states(model: CircuitModel, precision: str) -> Callable[[Any, Any], tuple[Any, Any]]:
    state = states(model, precision=precision)

    def function(inputs: Any, weights: Any) -> tuple[Any, Any]:
        psi = state(inputs, weights)
        return jnp.real(psi), jnp.imag(psi)

    return function


def _fidelity(a: tuple[Any, Any], b: tuple[Any, Any]) -> Any:
    """|<a|b>|^2 from real products, which run far faster than complex ones on a CPU."""
    left = jnp.concatenate(a, axis=1)
    re = left @ jnp.concatenate(b, axis=1).T
    im = left @ jnp.concatenate([b[1], -b[0]], axis=1).T
    return re * re + im * im


def _symmetric(found: NDArray[np.float64]) -> NDArray[np.float64]:
    upper = np.triu(found, 1)
    symmetric: NDArray[np.float64] = upper + upper.T + np.eye(len(found))
    return symmetric
