"""Circuits whose angles are numbers: those of equal structure run as one batch."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.circuits.circuit import Circuit, Gate
from qml.circuits.model import CircuitModel
from qml.circuits.observables import Observable, ZeroProjector
from qml.engine.compile import expectations, states
from qml.engine.memory import bytes_needed

_CHUNK_BYTES = 512 * 2**20

Structure = tuple[int, tuple[tuple[str, tuple[int, ...], int], ...]]
Readouts = tuple[Observable | ZeroProjector, ...]


def expectation_values(
    circuits: Sequence[Circuit],
    observables: Sequence[Observable | ZeroProjector],
    *,
    precision: str = "float32",
) -> NDArray[np.float64]:
    """Measure every observable on every circuit exactly; shape (circuits, observables).

    Raises:
        CircuitError: float64 was not set up.
    """
    found = np.zeros((len(circuits), len(observables)))
    for structure, rows in group(circuits).items():
        found[rows] = _batched(
            _expectations(structure, tuple(observables), precision), circuits, rows, precision
        )
    return found


def probabilities(
    circuits: Sequence[Circuit], *, precision: str = "float32"
) -> NDArray[np.float64]:
    """Return the probability of every bit string; shape (circuits, 2**wires), rows sum to 1.

    Raises:
        CircuitError: float64 was not set up.
        ValueError: The circuits have unlike numbers of wires.
    """
    if not circuits:
        return np.zeros((0, 1))
    found = np.zeros((len(circuits), 2 ** circuits[0].wires))
    for structure, rows in group(circuits).items():
        found[rows] = _batched(_probabilities(structure, precision), circuits, rows, precision)
    found /= found.sum(axis=1, keepdims=True)
    return found


def group(circuits: Sequence[Circuit]) -> dict[Structure, list[int]]:
    """Gather the places of circuits that differ in their angles only."""
    groups: dict[Structure, list[int]] = {}
    for place, circuit in enumerate(circuits):
        key = (circuit.wires, tuple((g.name, g.wires, len(g.params)) for g in circuit.gates))
        groups.setdefault(key, []).append(place)
    return groups


@lru_cache(maxsize=64)
def _expectations(structure: Structure, observables: Readouts, precision: str) -> Any:
    return jax.jit(expectations(_family(structure, observables), precision=precision))


@lru_cache(maxsize=64)
def _probabilities(structure: Structure, precision: str) -> Any:
    state = states(_family(structure, ()), precision=precision)
    return jax.jit(lambda x, w: jnp.abs(state(x, w)) ** 2)


def _family(structure: Structure, observables: Readouts) -> CircuitModel:
    """A model whose inputs are the angles of all gates."""
    wires, rows = structure

    def build(inputs: Any, weights: Any) -> Circuit:
        del weights
        gates, place = [], 0
        for name, on, count in rows:
            gates.append(Gate(name, on, tuple(inputs[place + i] for i in range(count))))
            place += count
        return Circuit(wires, tuple(gates))

    return CircuitModel(
        wires=wires,
        features=sum(count for _, _, count in rows),
        weights_shape=(0,),
        build=build,
        observables=observables,
    )


def _batched(
    function: Callable[..., Any], circuits: Sequence[Circuit], rows: list[int], precision: str
) -> NDArray[np.float64]:
    angles = np.array(
        [[float(p) for g in circuits[r].gates for p in g.params] for r in rows]
    ).reshape(len(rows), -1)
    weights = np.zeros(0)
    wires = circuits[rows[0]].wires
    parts = [
        np.asarray(function(chunk, weights))[:used]
        for chunk, used in chunks(angles, _rows_at_once(wires, precision))
    ]
    return np.concatenate(parts).astype(np.float64)


def _rows_at_once(wires: int, precision: str) -> int:
    fit = max(1, _CHUNK_BYTES // bytes_needed(wires, batch=1, precision=precision))
    return int(2 ** min(10, fit.bit_length() - 1))


def chunks(rows: NDArray[Any], most: int) -> Iterator[tuple[NDArray[Any], int]]:
    """Cut rows into pieces of few distinct sizes, since each size is compiled anew."""
    for start in range(0, len(rows), most):
        piece = rows[start : start + most]
        size = min(most, 1 << (len(piece) - 1).bit_length())
        padding = np.repeat(piece[:1], size - len(piece), axis=0)
        yield np.concatenate([piece, padding]), len(piece)
