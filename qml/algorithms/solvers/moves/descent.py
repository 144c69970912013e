"""Steepest descent by moves that keep the groups; limits are enforced by rising penalties."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.moves.neighbourhood import TOLERANCE, Neighbourhood
from qml.problems import Arrays

_TIGHTER = 4.0
_ROUNDS = 12

Allow = Callable[[int], bool]
"""Asked for so many evaluations before each step; False ends the descent."""


def descend(walk: Neighbourhood, allow: Allow) -> bool:
    """Take the best move until none helps.

    Where a limit is broken in a local minimum, its penalty rises, until the limits hold or no
    penalty helps.

    Returns:
        Whether it got there; False where it was not allowed to go on.
    """
    for _ in range(_ROUNDS):
        if not _bottom(walk, allow):
            return False
        if walk.feasible:
            break
        walk.strictness *= _TIGHTER
    return True


def repaired(
    problem: Arrays, samples: NDArray[np.int8], allow: Allow = lambda _: True
) -> NDArray[np.int8]:
    """Return the local minima below some assignments that keep all groups; shape (m, n)."""
    found, allowed = [], True
    for x in samples:
        walk = Neighbourhood(problem, x)
        allowed = allowed and descend(walk, allow)
        found.append(walk.x)
    return np.array(found, dtype=np.int8).reshape(len(samples), problem.size)


def _bottom(walk: Neighbourhood, allow: Allow) -> bool:
    """Descend to a local minimum of the penalised objective; tells whether it got there."""
    while allow(walk.effort):
        off, on, change = walk.moves().best()
        if not change < -TOLERANCE * (1 + walk.scale):
            return True
        walk.apply(off, on)
    return False
