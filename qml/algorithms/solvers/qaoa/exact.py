"""QAOA on the engine: the distribution is exact, and shots are drawn from it."""

from collections.abc import Callable, Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.descent import bfgs
from qml.algorithms.solvers.qaoa.angles import Angles
from qml.algorithms.solvers.qaoa.ansatz import Ansatz, build, choose_mixer
from qml.algorithms.solvers.qaoa.choice import initial_angles
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.warm import warm_angles
from qml.algorithms.solvers.sampled import Shots
from qml.engine.diagonal import cvar

Vector = NDArray[np.float64]


def solve_exactly(task: Task, options: Options) -> Iterator[Proposals]:
    """Choose the angles, with shots at every step of the search; then draw on."""
    mixer = choose_mixer(task.problem, options)
    warm = warm_angles(task.problem, task.start, options, mixer)
    ansatz = build(task.problem, options, angles=warm)
    angles = initial_angles(task.problem, options, mixer)
    shots = Shots(task, ansatz.assignments, options.shots)
    if options.angles == "optimise":
        angles = yield from descend(
            ansatz, angles, options, lambda a: shots.once(ansatz.program.probabilities(*a))
        )
    yield from shots.on(ansatz.program.probabilities(*angles))


def descend(
    ansatz: Ansatz, start: Angles, options: Options, show: Callable[[Angles], Proposals]
) -> Generator[Proposals, None, Angles]:
    """Find better angles by the exact mean of the best share; yields what each step shows."""
    layers, unit = len(start.gammas), float(np.ptp(ansatz.costs)) or 1.0
    real = ansatz.program.precision
    goal = cvar(ansatz.costs, options.cvar, real) if options.cvar < 1 else None

    def function(x: Vector) -> tuple[float, Vector]:
        value, *slopes = ansatz.program.value_and_gradient(x[:layers], x[layers:], goal)
        return value / unit, np.concatenate(slopes) / unit

    best = start
    yield show(best)
    steps = bfgs(function, np.concatenate(start))
    for _, point in zip(range(options.iterations), steps, strict=False):
        best = Angles(point.x[:layers], point.x[layers:])
        yield show(best)
    return best
