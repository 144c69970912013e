"""QAOA on the engine: the distribution is exact, and shots are drawn from it."""

from collections.abc import Generator, Iterator

import numpy as np

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.descent import bfgs
from qml.algorithms.solvers.qaoa.angles import Angles
from qml.algorithms.solvers.qaoa.ansatz import Ansatz, build, choose_mixer
from qml.algorithms.solvers.qaoa.choice import initial_angles
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.warm import warm_angles
from qml.algorithms.solvers.sampled import draw, nothing
from qml.engine.diagonal import cvar


def solve_exactly(task: Task, options: Options) -> Iterator[Proposals]:
    """Choose the angles, then draw shots until the allowance ends."""
    mixer = choose_mixer(task.problem, options)
    ansatz = build(
        task.problem, options, angles=warm_angles(task.problem, task.start, options, mixer)
    )
    angles = initial_angles(task.problem, options, mixer)
    if options.angles == "optimise":
        angles = yield from descend(ansatz, angles, options)
    chances = ansatz.program.probabilities(*angles)
    yield from draw(task, chances, ansatz.assignments, options.shots)


def descend(ansatz: Ansatz, start: Angles, options: Options) -> Generator[Proposals, None, Angles]:
    """Find better angles by the exact mean of the best share; yields a sign of life each step."""
    layers, unit = len(start.gammas), float(np.ptp(ansatz.costs)) or 1.0
    real = ansatz.program.precision
    goal = cvar(ansatz.costs, options.cvar, real) if options.cvar < 1 else None

    def function(x: np.ndarray) -> tuple[float, np.ndarray]:
        value, *slopes = ansatz.program.value_and_gradient(x[:layers], x[layers:], goal)
        return value / unit, np.concatenate(slopes) / unit

    steps = bfgs(function, np.concatenate(start))
    best = start
    for _, point in zip(range(options.iterations), steps, strict=False):
        best = Angles(point.x[:layers], point.x[layers:])
        yield nothing(ansatz.wires)
    return best
