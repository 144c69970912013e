"""Steepest descent by one flip or one swap, from random starts."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.base import Proposals, Task
from qml.config.base import Section
from qml.problems import Arrays

TOLERANCE = 1e-12
"""Changes smaller than this are rounding errors."""


class Options(Section):
    """It has none."""


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield one local minimum after the other."""
    del options
    problem, rng = task.problem, np.random.default_rng(task.seed)
    first = task.start
    while task.left.evaluations(1):
        x = rng.integers(0, 2, problem.size).astype(np.int8) if first is None else first.copy()
        first = None
        used = _descend(problem, x)
        yield Proposals(x[None], used)


def _descend(problem: Arrays, x: NDArray[np.int8]) -> int:
    """Flip the best bit until none helps; returns the evaluations."""
    slopes = problem.linear + problem.couplings @ x
    used = 1
    while True:
        changes = (1 - 2 * x) * slopes
        used += problem.size
        i = int(np.argmin(changes))
        if changes[i] >= -TOLERANCE:
            return used
        slopes += (1 - 2 * x[i]) * problem.couplings[i]
        x[i] = 1 - x[i]
