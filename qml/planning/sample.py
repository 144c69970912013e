"""A few circuits of the kind that a run will submit, to count what they amount to."""

from typing import Any

import numpy as np

from qml.algorithms.gradients.parameter_shift import angles_of
from qml.algorithms.models import KernelModel, Model, VariationalModel
from qml.circuits import Circuit, Observable, trace
from qml.circuits.measurement import plan_measurement

ROWS = 4


def sample_circuits(model: Model, features: Any, *, sampled: bool) -> list[Circuit]:
    """Return circuits of the first rows, in every basis that is measured.

    Weights are drawn at random: as trained ones, they are not zero.

    Args:
        model: The model.
        features: Prepared rows, shape (N, features).
        sampled: Whether expectations are sampled, so that bases matter and kernels measure pairs.
    """
    rows = np.asarray(features[:ROWS], dtype=float)
    if isinstance(model, KernelModel):
        return _kernel_circuits(model, rows, pairs=sampled)
    circuits = _variational_circuits(model, rows)
    return plan_measurement(_strings(model)).circuits(circuits) if sampled else circuits


def bases_of(model: VariationalModel, *, shots: int) -> int:
    """Return how often a circuit is run: once per measured basis where expectations are sampled."""
    return max(1, len(plan_measurement(_strings(model)).bases)) if shots else 1


def _strings(model: VariationalModel) -> list[Observable]:
    return [o for o in model.circuit.observables if isinstance(o, Observable)]


def _variational_circuits(model: VariationalModel, rows: Any) -> list[Circuit]:
    rng = np.random.default_rng(0)
    params = model.init(0)
    params["weights"] = rng.uniform(0.1, 3.0, np.shape(params["weights"]))
    template = trace(model.circuit)
    angles = np.asarray(angles_of(model, template)(params, rows), dtype=float)
    return [template.bind(row) for row in angles]


def _kernel_circuits(model: KernelModel, rows: Any, *, pairs: bool) -> list[Circuit]:
    states = [model.circuit.build(row, np.zeros(0)) for row in rows]
    if not pairs:
        return states
    return [a + b.inverse() for a, b in zip(states, states[1:] + states[:1], strict=True)]
