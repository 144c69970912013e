"""Builds one assignment by turning on, one at a time, what improves it most.

Groups that still lack ones are served first, the smallest before the larger ones that hold it.
Deterministic: it has no random choice and no restart.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.moves.classes import Classes, classes_of
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.mending import mended, purse_of
from qml.algorithms.solvers.moves.purse import Purse
from qml.config.base import Section
from qml.problems import Arrays


class Options(Section):
    """It has none."""


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield one assignment."""
    del options
    purse = purse_of(task)
    if purse.take(1):
        x = _build(laminar(task.problem), purse)
        yield mended(task.problem, x[None], purse)


def _build(problem: Arrays, purse: Purse) -> NDArray[np.int8]:
    x, kinds = np.zeros(problem.size, dtype=np.int8), classes_of(problem)
    fields = problem.linear.copy()
    counts = np.zeros(len(problem.groups), dtype=np.intp)
    while purse.take(max(1, int((x == 0).sum()))):
        able = (x == 0) & _welcome(kinds, counts)[kinds.label]
        if not able.any():
            break
        i = int(np.argmin(np.where(able, fields, np.inf)))
        if fields[i] >= 0 and not (counts < kinds.low).any():
            break
        x[i] = 1
        fields += problem.couplings[i]
        counts += kinds.inside[kinds.label[i]]
    return x


def _welcome(kinds: Classes, counts: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell which classes may gain a one: those in the smallest group that lacks some."""
    open_ = ~(kinds.inside[:, counts >= kinds.high] > 0).any(axis=1)
    short = np.flatnonzero(counts < kinds.low)
    if not len(short):
        return np.asarray(open_)
    sizes = kinds.size @ kinds.inside
    first = short[np.argmin(sizes[short])]
    return np.asarray(open_ & (kinds.inside[:, first] > 0))
