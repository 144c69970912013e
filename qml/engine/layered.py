"""Fidelities of circuits that are layers of one-qubit gates and phases."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.circuits.circuit import Circuit
from qml.circuits.model import CircuitModel
from qml.engine.eager import Complex, Floats, fidelity, fidelity_of_products, states, vectors
from qml.engine.layers import Layer, layers_of

_MOST_AMPLITUDES = 1 << 23
"""Above this number of amplitudes in all a compiled program is worth its compilation."""
_CHUNK_AMPLITUDES = 1 << 22


def layered(
    model: CircuitModel, left: NDArray[Any], right: NDArray[Any], weights: Any
) -> Floats | None:
    """Return fidelities (M, N), or None where the circuit has other gates or too many states.

    Args:
        model: The circuit family.
        left: Inputs, shape (M, features).
        right: Inputs, shape (N, features); the same object where all pairs of one set are wanted.
        weights: Its weights.
    """
    if not len(left) or not len(right):
        return np.zeros((len(left), len(right)))
    layers = layers_of(model.build(left[0], weights))
    if layers is None:
        return None
    product = len(layers) == 1 and not layers[0].phases
    rows = len(right) + (len(left) if left is not right else 0)
    if not product and rows << model.wires > _MOST_AMPLITUDES:
        return None
    ours = _angles(model, left, weights)
    theirs = ours if left is right else _angles(model, right, weights)
    if product:
        return fidelity_of_products(vectors(layers[0], ours), vectors(layers[0], theirs))
    whole = np.concatenate(list(_chunks(layers, theirs, model.wires)))
    if ours is theirs:
        return fidelity(whole, whole)
    parts = (fidelity(part, whole) for part in _chunks(layers, ours, model.wires))
    return np.concatenate(list(parts))


def _angles(model: CircuitModel, rows: NDArray[Any], weights: Any) -> Floats:
    """Return all parameters of every row's circuit, (parameters, rows).

    One circuit is built on columns, an array whose elements are arrays themselves: what is computed
    from elements of the inputs is computed for all rows at once.
    """
    columns = np.empty(rows.shape[1], dtype=object)
    for feature, column in enumerate(rows.T):
        columns[feature] = column
    try:
        params = _params(model.build(columns, weights))
    except (
        AttributeError,
        TypeError,
        ValueError,
    ):  # it needs numbers; errors of its own come again
        return np.array([_params(model.build(row, weights)) for row in rows], np.float64).T
    found = np.empty((len(params), len(rows)))
    for place, param in enumerate(params):
        found[place] = param
    return found


def _params(circuit: Circuit) -> list[Any]:
    return [param for gate in circuit.gates for param in gate.params]


def _chunks(layers: list[Layer], angles: Floats, wires: int) -> Iterator[Complex]:
    most = max(1, _CHUNK_AMPLITUDES >> wires)
    for start in range(0, angles.shape[1], most):
        yield states(layers, angles[:, start : start + most])
