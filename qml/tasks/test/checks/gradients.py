"""Gradients alive: how the variance of the gradient falls as the model grows.

At a barren plateau it falls exponentially with the number of qubits, a straight line in its
logarithm: McClean et al., Nature Communications 9, 4812 (2018), arXiv:1803.11173. The slope is
fitted by weighted least squares, each point weighted by what its sample tells of its own error.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from qml import plugins
from qml.algorithms.models import Shape, VariationalModel
from qml.errors import ConfigError, PlanError
from qml.execution.evaluator import BackendEvaluator
from qml.seeds import derive
from qml.tasks.test.checks.base import Checked, Reading, held, worst
from qml.tasks.test.skipped import SkippedError

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Do gradients stay alive as the model grows?"
SECONDS = 8.0
FEWEST = 3
"""Points that a slope with an interval takes."""
DEAD = 1e-12
"""A mean square of the gradient below this is none at all."""
RESOLVED = 1e-4
"""Mean square of a slope that 10,000 shots just tell from none."""


class Point(NamedTuple):
    """Mean square of the gradient's entries at one size.

    Attributes:
        qubits: Size.
        layers: Trainable layers.
        mean: Mean square.
        error: Standard error of its logarithm to base 2 (bits).
    """

    qubits: int
    layers: int
    mean: float
    error: float


class Slope(NamedTuple):
    """A line through log2 of the mean squares, bits per qubit.

    Attributes:
        value: Slope.
        low: Lower end of its interval.
        high: Upper end.
    """

    value: float
    low: float
    high: float


def check(subject: "Subject") -> Checked:
    """Draw first weights at several sizes, and fit the slope."""
    test = subject.config.test
    points = [_point(model, subject, f, test.samples) for model, f in _family(subject)]
    means = tuple(held(f"E[g^2] at {p.qubits} qubits", p.mean, DEAD, sense=">=") for p in points)
    facts = {"points": [p._asdict() for p in points]}
    if worst([m.state for m in means]) == "failed":
        return Checked(
            state="failed",
            why="the gradient is zero",
            advice="see that weights reach the observables, and that nothing stops the gradient",
            readings=means,
            facts=facts,
        )
    if len(points) < FEWEST:
        return _alone(points[-1], facts)
    return _grown(fit(points, subject.share), points, test.slope, facts)


def fit(points: list[Point], error_rate: float) -> Slope:
    """Fit a line by weighted least squares; the interval is left with probability `error_rate`."""
    x = np.array([p.qubits for p in points], dtype=float)
    y = np.log2([p.mean for p in points])
    weight = 1 / np.square([p.error for p in points])
    centre = np.average(x, weights=weight)
    spread = float(np.sum(weight * (x - centre) ** 2))
    value = float(np.sum(weight * (x - centre) * y) / spread)
    reach = -float(ndtri(error_rate / 2)) / spread**0.5
    return Slope(value, value - reach, value + reach)


def _grown(slope: Slope, points: list[Point], least: float, facts: dict[str, Any]) -> Checked:
    plateau = slope.high < least
    reading = Reading(
        name="slope",
        value=slope.value,
        threshold=least,
        sense=">=",
        low=slope.low,
        high=slope.high,
        unit="bits/qubit",
        state="warned" if plateau else "passed",
    )
    sizes = f"{points[0].qubits} to {points[-1].qubits} qubits"
    why = f"the variance of the gradient changes by {slope.value:+.2f} bits per qubit from {sizes}"
    advice = (
        "this is a barren plateau in the making: model.initialisation = 'gaussian' or"
        " 'identity_blocks', or fewer layers"
    )
    return Checked(
        state=reading.state,
        why=why,
        advice=advice if plateau else "",
        readings=(reading,),
        tests=1,
        facts=facts,
    )


def _alone(point: Point, facts: dict[str, Any]) -> Checked:
    """Judge the model as it is, where it does not come in other sizes."""
    reading = held("E[g^2]", point.mean, RESOLVED, sense=">=", beyond="warned")
    return Checked(
        state=reading.state,
        why=f"the model comes in one size; there the mean square slope is {point.mean:.2g}",
        advice="" if reading.state == "passed" else "start closer to zero, or use fewer layers",
        readings=(reading,),
        facts=facts,
    )


def _family(subject: "Subject") -> list[tuple[VariationalModel, int]]:
    """Return the model at several sizes, and how many features each takes.

    Layers and features grow with the qubits; a model that comes in one size is returned alone.

    Raises:
        SkippedError: It has no weights.
    """
    model = subject.variational
    if not model.circuit.parameters:
        raise SkippedError("the circuit has no weights", hint="nothing is to be done")
    grown = [_resized(subject, qubits) for qubits in sorted(set(subject.config.test.sizes))]
    found = [m for m in grown if m is not None]
    return found if len(found) >= FEWEST else [(model, subject.work.shape.features)]


def _resized(subject: "Subject", qubits: int) -> tuple[VariationalModel, int] | None:
    """Return the model on so many qubits, or None where its kind does not come so."""
    section, shape, wires = subject.config.model, subject.work.shape, subject.model.circuit.wires
    layers = max(1, round(section.layers * qubits / wires))
    resized = section.model_copy(update={"qubits": qubits, "layers": layers, "active": None})
    features = min(shape.features, max(1, shape.features * qubits // wires))
    pairs = qubits * (qubits + 1) // 2  # Z on a wire, ZZ on a pair
    try:
        model = plugins.load("models", section.kind)(
            resized,
            Shape(features=features, classes=max(2, min(shape.classes, pairs))),
            subject.root,
        )
    except (PlanError, ConfigError):
        return None
    return (model, features) if model.circuit.wires == qubits else None


def _point(model: VariationalModel, subject: "Subject", features: int, samples: int) -> Point:
    circuit = model.circuit
    seed = derive(subject.seed("gradients"), str(circuit.wires))
    rows = subject.work.data.train.features[:, :features]
    drawn = np.random.default_rng(seed).integers(0, len(rows), samples)
    squares = squared_lengths(model, subject.evaluator, rows[drawn], seed)
    mean, deviation = float(squares.mean()), float(squares.std(ddof=1))
    error = deviation / (samples**0.5 * max(mean, DEAD) * np.log(2))
    return Point(circuit.wires, model.layers, mean, max(float(error), 1e-6))


def squared_lengths(
    model: VariationalModel, evaluator: BackendEvaluator, rows: NDArray[np.floating], seed: int
) -> NDArray[np.float64]:
    """Return the squared length of the middle layer's gradient for each row, shape (rows,).

    Each row gets first weights of its own. The gradient is that of
    sum_o s_o <O_o> / sqrt(observables) with random signs s, whose mean square is the mean over
    observables. Its length is looked at, not an entry: a weight that is far from every observable
    is slow at any depth, and the share of such weights grows.
    """
    circuit = evaluator.differentiable(model.circuit)
    if circuit is None:
        raise SkippedError("the simulator does not differentiate this circuit")
    samples, observables = len(rows), len(model.circuit.observables)
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], (samples, observables))
    drawn = [model.init(derive(seed, str(number))) for number in range(samples)]
    params = {name: np.stack([one[name] for one in drawn]) for name in drawn[0]}

    def slope(draw: Any) -> Any:
        p, row, s = draw
        inputs = model.before(p, row[None])
        return jax.grad(lambda w: circuit(inputs, w)[0] @ s)(p["weights"])

    draws = (params, rows, (signs / observables**0.5).astype(rows.dtype))
    run = jax.jit(lambda d: jax.lax.map(slope, d))
    slopes = np.asarray(run(jax.tree.map(jax.numpy.asarray, draws)), dtype=np.float64)
    middle = slopes[:, slopes.shape[1] // 2] if slopes.ndim > 2 else slopes  # noqa: PLR2004 - layers
    return np.asarray(np.square(middle.reshape(samples, -1)).sum(axis=1))
