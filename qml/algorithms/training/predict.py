"""Logits of many rows, in chunks of one size."""

from collections.abc import Callable
from math import ceil
from typing import Any

import jax
import numpy as np
from numpy.typing import NDArray

from qml.algorithms.gradients.parameter_shift import angles_of
from qml.algorithms.models import Params, VariationalModel
from qml.circuits import Evaluator, trace

CHUNK = 1024
"""Rows evaluated at once; bounds memory and keeps one compiled shape."""

Predictor = Callable[[Params, NDArray[np.floating]], NDArray[np.floating]]


def predictor(model: VariationalModel, evaluator: Evaluator) -> Predictor:
    """Return `(params, features (N, d)) -> logits (N, classes)`."""
    circuit = evaluator.differentiable(model.circuit)
    if circuit is None:
        return _measured(model, evaluator)

    def logits(params: Params, features: Any) -> Any:
        return model.after(params, circuit(model.before(params, features), params["weights"]))

    compiled = jax.jit(logits)
    return lambda params, features: _in_chunks(compiled, params, features)


def _in_chunks(logits: Any, params: Params, features: NDArray[np.floating]) -> NDArray[np.floating]:
    rows = len(features)
    size = _chunk(rows)
    parts = []
    for start in range(0, rows, size):
        part = features[start : start + size]
        padded = np.concatenate([part, np.zeros((size - len(part), part.shape[1]), part.dtype)])
        parts.append(np.asarray(logits(params, padded))[: len(part)])
    return np.concatenate(parts)


def _chunk(rows: int) -> int:
    """Return the smallest even share of the rows that fits a chunk."""
    return ceil(rows / ceil(rows / CHUNK))


def _measured(model: VariationalModel, evaluator: Evaluator) -> Predictor:
    template = trace(model.circuit)
    angles = jax.jit(angles_of(model, template))

    def logits(params: Params, features: NDArray[np.floating]) -> NDArray[np.floating]:
        parts = [
            measure(np.asarray(angles(params, features[at : at + CHUNK]), dtype=float))
            for at in range(0, len(features), CHUNK)
        ]
        return np.asarray(model.after(params, np.concatenate(parts)))

    def measure(rows: NDArray[np.floating]) -> NDArray[np.floating]:
        bound = [template.bind(row) for row in rows]
        return evaluator.expectations(bound, model.circuit.observables)

    return logits
