"""What a mitigation reached, measured where the truth can be computed: on a simulator of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from qml.algorithms.gradients.parameter_shift import angles_of
from qml.algorithms.models import KernelModel, Model, Params
from qml.backends.base import Backend
from qml.circuits import Circuit, Observable, ZeroProjector, trace
from qml.config import Config
from qml.execution.direct import DirectRunner
from qml.execution.meter import UsageMeter
from qml.execution.mitigated import open_evaluator
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes, work
from qml.mitigation.settings import assemble, settings
from qml.planning.mitigation.choice import Choice

ROWS = 4
TIMES = 10
MOST_WORK = 30_000_000
NOBODY = UUID(int=0)
"""These circuits belong to no submission of the run."""

Observables = Sequence[Observable | ZeroProjector]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Errors of expectations of a few circuits, measured.

    Attributes:
        before: Root of the mean squared error without mitigation, at the same shots.
        after: The same with it.
        circuits: On how many circuits.
        times: How often each.
    """

    before: float
    after: float
    circuits: int
    times: int


def described(choice: Choice, reached: Reached | None) -> dict[str, Any]:
    """Return what a run says of its mitigation: the prediction, and what was reached."""
    error, plain = choice.chosen.error, choice.plain.error
    return {
        "method": choice.chosen.name,
        "shots_factor": choice.chosen.factor,
        "predicted_before": None if plain is None else plain.root,
        "predicted_after": None if error is None else error.root,
        "before": None if reached is None else reached.before,
        "after": None if reached is None else reached.after,
        "circuits": 0 if reached is None else reached.circuits,
    }


def trained_circuits(model: Model, params: Params, features: Any) -> list[Circuit]:
    """Return the circuits of the first rows with trained weights; none of a kernel."""
    if isinstance(model, KernelModel):
        return []
    template = trace(model.circuit)
    angles = np.asarray(angles_of(model, template)(params, features[:ROWS]), dtype=float)
    return [template.bind(row) for row in angles]


def measure(
    config: Config,
    backend: Backend,
    circuits: Sequence[Circuit],
    observables: Observables,
    *,
    seed: int,
) -> Reached | None:
    """Measure circuits with and without mitigation, and compare with the truth.

    Args:
        config: Configuration, `[mitigation]` resolved.
        backend: Where the run's circuits ran.
        circuits: A few of them.
        observables: What is measured.
        seed: Root of the sampling seeds.

    Returns:
        None where it would cost money, or the circuits are too large to be computed.
    """
    large = max((work(c) for c in circuits), default=0) > MOST_WORK
    if backend.capabilities.remote or not circuits or large:
        return None
    found = settings(observables)
    truth = np.array(
        [
            assemble([outcomes(s.of(c), Noise()).means(s.targets) for s in found], found)
            for c in circuits
        ]
    )
    plain = config.mitigation.model_copy(update={"method": "none"})
    without = config.model_copy(update={"mitigation": plain})
    roots = []
    for wanted in (without, config):
        runner = DirectRunner(backend, run=NOBODY, meter=UsageMeter())
        evaluator = open_evaluator(wanted, backend, runner, seed=seed)
        squares = []
        for time in range(TIMES):
            evaluator.begin(f"reached/{time}")
            squares.append((evaluator.expectations(circuits, observables) - truth) ** 2)
        roots.append(float(np.sqrt(np.mean(squares))))
    return Reached(before=roots[0], after=roots[1], circuits=len(circuits), times=TIMES)
