"""The feasible assignment nearest to one that is not: for solvers that know no constraints."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from qml.problems import Arrays, Group
from qml.problems.feasible import nearest_feasible


def mended(problem: Arrays, samples: NDArray[np.int8]) -> NDArray[np.int8]:
    """Make every assignment keep the constraints, with few flips.

    Disjoint groups get the flips that cost least; anything else goes to HiGHS, which finds the
    feasible assignment at the least Hamming distance. Feasible assignments stay as they are, and
    none is improved further.

    Args:
        problem: The problem.
        samples: Shape (m, n).

    Returns:
        Shape (m, n).
    """
    found = samples.copy()
    repair = _flip_cheapest if _apart(problem) else nearest_feasible
    known: dict[bytes, NDArray[np.int8]] = {}
    for row in np.flatnonzero(~problem.feasible(samples)):
        key = samples[row].tobytes()
        if key not in known:
            known[key] = repair(problem, samples[row])
        found[row] = known[key]
    return found


def with_one_feasible(problem: Arrays, samples: NDArray[np.int8]) -> NDArray[np.int8]:
    """Mend one assignment where all of them break a constraint; the others stay as they are."""
    if problem.feasible(samples).any():
        return samples
    best = int(np.argmin(problem.objectives(samples)))
    found = samples.copy()
    found[best] = mended(problem, samples[[best]])[0]
    return found


Repair = Callable[[Arrays, NDArray[np.int8]], NDArray[np.int8]]


def _apart(problem: Arrays) -> bool:
    members = [i for group in problem.groups for i in group.members]
    return not problem.limits and len(members) == len(set(members))


def _flip_cheapest(problem: Arrays, x: NDArray[np.int8]) -> NDArray[np.int8]:
    x = x.copy()
    fields = problem.linear + problem.couplings @ x
    for group in problem.groups:
        while (flip := _needed(group, x, fields)) is not None:
            fields += (1 - 2 * x[flip]) * problem.couplings[flip]
            x[flip] ^= 1
    return x


def _needed(group: Group, x: NDArray[np.int8], fields: NDArray[np.float64]) -> int | None:
    """Return the cheapest flip that brings a group nearer to its bounds, or None."""
    members = np.array(group.members)
    ones = int(x[members].sum())
    if ones > group.high:
        able = members[x[members] == 1]
        return int(able[np.argmax(fields[able])])
    if ones < group.low:
        able = members[x[members] == 0]
        return int(able[np.argmin(fields[able])])
    return None
