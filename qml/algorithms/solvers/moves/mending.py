"""The feasible assignment nearest to one that is not: for solvers that know no constraints.

The budget pays: an evaluation for every flip that is looked at, and one for every node of HiGHS.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.moves.purse import Purse
from qml.problems import Arrays, Group
from qml.problems.feasible import EFFORT, nearest_feasible


def purse_of(task: Task) -> Purse:
    """Return the purse of a solver that walks by moves.

    One evaluation is held back where moves alone do not keep the constraints: mending the last
    assignment mostly takes HiGHS one node.
    """
    return Purse(task.left, 0 if _apart(task.problem) else 1)


def mended(problem: Arrays, samples: NDArray[np.int8], purse: Purse) -> Proposals:
    """Make every assignment keep the constraints, with few flips, as far as the purse pays.

    Disjoint groups get the flips that cost least; anything else goes to HiGHS, which finds the
    feasible assignment at the least Hamming distance. Feasible assignments stay as they are, and
    none is improved further.

    Args:
        problem: The problem.
        samples: Shape (m, n).
        purse: Pays; it is emptied.
    """
    found, count = samples.copy(), 0
    repair = _flip_cheapest if _apart(problem) else _nearest
    known: dict[bytes, _Mended] = {}
    for row in np.flatnonzero(~problem.feasible(samples)):
        key = samples[row].tobytes()
        if key not in known:
            known[key] = repair(problem, samples[row], purse)
        found[row] = known[key].x
        count += known[key].holds
    return Proposals(found, purse.empty(), mended=count)


def with_one_feasible(problem: Arrays, samples: NDArray[np.int8], purse: Purse) -> Proposals:
    """Mend one assignment where all of them break a constraint; the others stay as they are."""
    if problem.feasible(samples).any():
        return Proposals(samples, purse.empty())
    best = int(np.argmin(problem.objectives(samples)))
    found, one = samples.copy(), mended(problem, samples[[best]], purse)
    found[best] = one.samples[0]
    return one._replace(samples=found)


class _Mended(NamedTuple):
    """An assignment, and whether it keeps the constraints now."""

    x: NDArray[np.int8]
    holds: bool


def _apart(problem: Arrays) -> bool:
    members = [i for group in problem.groups for i in group.members]
    return not problem.limits and len(members) == len(set(members))


def _nearest(problem: Arrays, x: NDArray[np.int8], purse: Purse) -> _Mended:
    effort = purse.rest(EFFORT)
    if not effort:
        return _Mended(x, holds=False)
    found, nodes = nearest_feasible(problem, x, effort)
    purse.mend(nodes)
    return _Mended(x, holds=False) if found is None else _Mended(found, holds=True)


def _flip_cheapest(problem: Arrays, x: NDArray[np.int8], purse: Purse) -> _Mended:
    x, start = x.copy(), x
    fields = problem.linear + problem.couplings @ x
    for group in problem.groups:
        while len(able := _able(group, x)):
            if not purse.mend(len(able)):
                return _Mended(start, holds=False)
            gains = (1 - 2 * x[able]) * fields[able]
            flip = able[np.argmin(gains)]
            fields += (1 - 2 * x[flip]) * problem.couplings[flip]
            x[flip] ^= 1
    return _Mended(x, holds=True)


def _able(group: Group, x: NDArray[np.int8]) -> NDArray[np.intp]:
    """Return the variables whose flip brings a group nearer to its bounds; none where it holds."""
    members = np.array(group.members, dtype=np.intp)
    ones = int(x[members].sum())
    wanted = 1 if ones > group.high else 0 if ones < group.low else -1
    return np.asarray(members[x[members] == wanted])
