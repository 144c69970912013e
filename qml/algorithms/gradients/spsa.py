"""Simultaneous perturbation: two looks at the loss per direction, however many parameters.

Spall, IEEE Trans. Automatic Control 37, 332 (1992). Directions are +-1 in every parameter,
classical ones included; the estimate is averaged over `train.perturbations` directions. All
circuits of a step go out as one submission.
"""

from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np

from qml.algorithms.gradients.base import Batch, Estimate
from qml.algorithms.gradients.loss import loss_and_accuracy
from qml.algorithms.gradients.parameter_shift import angles_of
from qml.algorithms.models import Params, VariationalModel
from qml.circuits import Evaluator, Template, trace
from qml.config.sections import TrainSection

REACH = 0.1
"""Length of a perturbation in each parameter; radians for weights of a circuit."""


@dataclass(frozen=True, slots=True)
class Spsa:
    """Central differences along random directions.

    Attributes:
        model: The model.
        evaluator: Runs the circuits.
        template: The circuit family, traced.
        perturbations: Directions averaged in one estimate.
    """

    model: VariationalModel
    evaluator: Evaluator
    template: Template
    perturbations: int
    _angles: Any = field(repr=False)
    _judge: Any = field(repr=False)

    @property
    def traceable(self) -> bool:
        """It talks to a backend."""
        return False

    def __call__(self, params: Params, batch: Batch, seed: int) -> Estimate:
        """Measure the batch at every perturbed point as one submission."""
        rng = np.random.default_rng(seed)
        directions = [_direction(params, rng) for _ in range(self.perturbations)]
        points = [_moved(params, d, sign) for d in directions for sign in (REACH, -REACH)]
        seen = self._look(points, batch)
        slopes = [
            (seen[2 * i][0] - seen[2 * i + 1][0]) / (2 * REACH) for i in range(len(directions))
        ]
        gradient = {
            name: np.mean([s * d[name] for s, d in zip(slopes, directions, strict=True)], axis=0)
            for name in params
        }
        loss, accuracy = np.mean(seen, axis=0)
        return Estimate(loss, accuracy, gradient)

    def _look(self, points: list[Params], batch: Batch) -> list[tuple[float, float]]:
        """Return loss and accuracy at every point."""
        rows = int(np.sum(batch.mask))
        angles = [np.asarray(self._angles(p, batch.features), dtype=float)[:rows] for p in points]
        circuits = [self.template.bind(row) for point in angles for row in point]
        measured = self.evaluator.expectations(circuits, self.model.circuit.observables)
        by_point = measured.reshape(len(points), rows, -1)
        real = Batch(*(np.asarray(part)[:rows] for part in batch))
        return [
            tuple(map(float, self._judge(p, e, real)))  # type: ignore[misc] # always a pair
            for p, e in zip(points, by_point, strict=True)
        ]


def make(model: VariationalModel, evaluator: Evaluator, section: TrainSection) -> Spsa:
    """Build the method."""
    template = trace(model.circuit)

    def judge(params: Params, expectations: Any, batch: Batch) -> tuple[Any, Any]:
        return loss_and_accuracy(model.after(params, expectations), batch)

    return Spsa(
        model=model,
        evaluator=evaluator,
        template=template,
        perturbations=section.perturbations,
        _angles=jax.jit(angles_of(model, template)),
        _judge=jax.jit(judge),
    )


def circuits(model: VariationalModel, section: TrainSection, rows: int) -> int:
    """Return two circuits per row and direction."""
    del model
    return 2 * section.perturbations * rows


def _direction(params: Params, rng: np.random.Generator) -> Params:
    return {
        name: rng.choice(np.array([-1.0, 1.0]), size=np.shape(params[name]))
        for name in sorted(params)
    }


def _moved(params: Params, direction: Params, reach: float) -> Params:
    return {
        name: (value + reach * direction[name]).astype(value.dtype)
        for name, value in params.items()
    }
