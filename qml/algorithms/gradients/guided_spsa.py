"""Guided SPSA: parameter shifts on some rows of a batch, SPSA on the others.

After Periyasamy et al. (2024), arXiv:2404.15751. A quarter of the rows is differentiated by the
shift rule; SPSA looks
at the rest, and its estimate is shortened to the norm of the exact part where it is longer, since
SPSA's norm grows
with the square root of the number of parameters. Both parts are weighted by their rows.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np

from qml.algorithms.gradients import parameter_shift, spsa
from qml.algorithms.gradients.base import Batch, Estimate, GradientMethod
from qml.algorithms.models import Params, VariationalModel
from qml.circuits import Evaluator
from qml.config.sections import TrainSection

SHARE = 0.25
"""Share of a batch's rows that the shift rule differentiates."""


@dataclass(frozen=True, slots=True)
class GuidedSpsa:
    """A mixture of two estimates.

    Attributes:
        exact: The shift rule.
        random: SPSA.
    """

    exact: GradientMethod
    random: GradientMethod

    @property
    def traceable(self) -> bool:
        """It talks to a backend."""
        return False

    def __call__(self, params: Params, batch: Batch, seed: int) -> Estimate:
        """Split the rows, estimate both parts and add them."""
        rows = int(np.sum(batch.mask))
        guided = ceil(SHARE * rows)
        first = self.exact(params, _rows(batch, 0, guided), seed)
        if guided == rows:
            return first
        rest = self.random(params, _rows(batch, guided, rows), seed)
        share = guided / rows
        damping = min(1.0, _norm(first.gradient) / max(_norm(rest.gradient), 1e-12))
        return Estimate(
            share * first.loss + (1 - share) * rest.loss,
            share * first.accuracy + (1 - share) * rest.accuracy,
            {
                name: share * first.gradient[name] + (1 - share) * damping * rest.gradient[name]
                for name in params
            },
        )


def make(model: VariationalModel, evaluator: Evaluator, section: TrainSection) -> GuidedSpsa:
    """Build the method."""
    return GuidedSpsa(
        parameter_shift.make(model, evaluator, section), spsa.make(model, evaluator, section)
    )


def circuits(model: VariationalModel, section: TrainSection, rows: int) -> int:
    """Return the circuits of both parts."""
    return sum(submissions(model, section, rows))


def submissions(model: VariationalModel, section: TrainSection, rows: int) -> tuple[int, ...]:
    """Return the circuits of each part: they go out one after the other."""
    guided = ceil(SHARE * rows)
    first = parameter_shift.circuits(model, section, guided)
    return first, spsa.circuits(model, section, rows - guided)


def _rows(batch: Batch, start: int, stop: int) -> Batch:
    return Batch(*(np.asarray(part)[start:stop] for part in batch))


def _norm(gradient: Params) -> float:
    return float(np.sqrt(sum(np.sum(np.square(g)) for g in gradient.values())))
