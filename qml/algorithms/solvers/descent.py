"""Finds angles where value and gradient are exact: BFGS, a step at a time."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Function = Callable[[Vector], tuple[float, Vector]]

FALL = 1e-4
"""Share of the expected decrease that a step must bring (Armijo)."""
HALVINGS = 20
"""Most halvings of a step."""


class Point(NamedTuple):
    """Where a descent stands."""

    x: Vector
    value: float
    gradient: Vector


def bfgs(function: Function, start: Vector, *, tolerance: float = 1e-6) -> Iterator[Point]:
    """Yield the point after each step; ends where the gradient vanishes or no step helps.

    Nocedal and Wright, Numerical Optimization, algorithm 6.1, with a backtracking line search.

    Args:
        function: Returns value and gradient.
        start: Where to begin.
        tolerance: Largest entry of a gradient that counts as zero.
    """
    here = Point(start, *function(start))
    inverse = np.eye(len(start)) / max(1.0, float(np.linalg.norm(here.gradient)) * 10)
    while np.abs(here.gradient).max(initial=0) > tolerance:
        found = _search(function, here, -inverse @ here.gradient)
        if found is None:
            return
        inverse = _updated(inverse, found.x - here.x, found.gradient - here.gradient)
        here = found
        yield here


def _search(function: Function, here: Point, direction: Vector) -> Point | None:
    expected = float(direction @ here.gradient)
    size = 1.0
    for _ in range(HALVINGS):
        x = here.x + size * direction
        value, gradient = function(x)
        if value <= here.value + FALL * size * expected:
            return Point(x, value, gradient)
        size /= 2
    return None


def _updated(inverse: Vector, step: Vector, change: Vector) -> Vector:
    """Update the inverse Hessian, where the curvature along the step is positive."""
    curvature = float(step @ change)
    if curvature <= 1e-12 * float(np.linalg.norm(step) * np.linalg.norm(change)):
        return inverse
    left = np.eye(len(step)) - np.outer(step, change) / curvature
    return np.asarray(left @ inverse @ left.T + np.outer(step, step) / curvature)
