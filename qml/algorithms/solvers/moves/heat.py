"""Between which temperatures to anneal."""

import numpy as np

from qml.problems import Arrays

_COLDER = 200.0


def heat_of(problem: Arrays) -> tuple[float, float]:
    """Return the temperatures at which annealing begins and ends, in units of the objective.

    It begins at the root mean square of a flip's changes over random assignments, and ends a fixed
    factor below, where a move that costs a tenth of it is taken once in about e^20 tries.
    """
    rows = problem.couplings
    mean = problem.linear + rows.sum(axis=1) / 2
    squares = mean**2 + (rows**2).sum(axis=1) / 4
    hot = float(np.sqrt(squares.mean())) or 1.0
    return hot, hot / _COLDER
