"""Gradients right: parameter-shift, backpropagation and finite differences give the same."""

from typing import TYPE_CHECKING, Any

import jax
import numpy as np

from qml.algorithms.gradients import Batch, backprop, parameter_shift
from qml.algorithms.models import Params
from qml.errors import PlanError
from qml.tasks.test.checks.base import Checked, Reading, held, worst

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Does the gradient say where the loss falls?"
SECONDS = 5.0
ROWS = 1
MOST_CIRCUITS = 4_000
DIRECTIONS = 4
STEP = {"float32": 2e-2, "float64": 1e-4}
"""Half the distance of a central difference: rounding against curvature."""
SHIFTED = {"float32": 1e-3, "float64": 1e-8}
DIFFERENCED = {"float32": 3e-2, "float64": 1e-5}
"""Largest error, as a share of the gradient's largest entry or norm, 1 at least."""


def check(subject: "Subject") -> Checked:
    """Compare the gradients of the loss at untrained weights on a few rows."""
    model, train = subject.variational, subject.work.config.train
    rows, precision = subject.work.data.train, subject.work.backend.precision
    batch = Batch(
        rows.features[:ROWS],
        rows.labels[:ROWS].astype(np.int32),
        np.ones(min(ROWS, len(rows)), rows.features.dtype),
    )
    params = {
        name: np.asarray(value, dtype=precision)
        for name, value in model.init(subject.seed("shifts")).items()
    }
    method = backprop.make(model, subject.evaluator, train)
    estimate = jax.jit(lambda at, rows: method(at, rows, 0))
    exact = estimate(params, batch)
    readings, notes = [], []
    try:
        shifted = _shifts(params, batch, subject)
        readings.append(_apart(exact.gradient, shifted, precision))
    except PlanError as error:
        notes.append(error.message)
    readings.append(_differenced(estimate, params, batch, exact.gradient, subject))
    state = worst([r.state for r in readings])
    said = " and ".join(f"{r.name} is off by {r.value:.2g}" for r in readings)
    return Checked(
        state=state,
        why=f"against backpropagation, {said} of the gradient",
        advice=""
        if state == "passed"
        else "train.gradient = 'parameter_shift' avoids the derivative; look for integers, stops"
        " or branches where the circuit computes its angles",
        readings=tuple(readings),
        facts={"notes": notes},
    )


def _shifts(params: Params, batch: Batch, subject: "Subject") -> Params:
    """Measure the gradient by shifts.

    Raises:
        PlanError: A gate has no shift rule, or there are too many circuits.
    """
    model, train = subject.variational, subject.work.config.train
    circuits = parameter_shift.circuits(model, train, len(batch.labels))
    if circuits > MOST_CIRCUITS:
        raise PlanError(f"parameter-shift would take {circuits:,} circuits and was left out")
    method = parameter_shift.make(model, subject.evaluator, train)
    return method(params, batch, 0).gradient


def _apart(exact: Params, measured: Params, precision: str) -> Reading:
    scale = max(1.0, *(float(np.abs(g).max()) for g in exact.values()))
    apart = max(float(np.abs(np.asarray(exact[k]) - measured[k]).max()) for k in exact)
    return held("parameter-shift", apart / scale, SHIFTED[precision])


def _differenced(
    estimate: Any, params: Params, batch: Batch, gradient: Params, subject: "Subject"
) -> Reading:
    """Hold slopes along random directions to central differences of the loss."""
    random = np.random.default_rng(subject.seed("directions"))
    precision = subject.work.backend.precision
    step, apart = STEP[precision], 0.0
    norm = sum(float(np.square(g).sum()) for g in gradient.values()) ** 0.5
    for _ in range(DIRECTIONS):
        way = {k: random.normal(size=np.shape(v)) for k, v in params.items()}
        length = sum(float(np.square(v).sum()) for v in way.values()) ** 0.5
        way = {k: (v / length).astype(precision) for k, v in way.items()}
        ahead, behind = (
            float(estimate(moved, batch).loss)
            for moved in ({k: params[k] + s * way[k] for k in params} for s in (step, -step))
        )
        slope = sum(float(np.sum(np.asarray(gradient[k]) * way[k])) for k in params)
        apart = max(apart, abs((ahead - behind) / (2 * step) - slope))
    # a direction shows the share 1 / sqrt(parameters) of an error of the whole gradient
    size = sum(np.size(v) for v in params.values()) ** 0.5
    return held("finite differences", apart * size / max(1.0, norm), DIFFERENCED[precision])
