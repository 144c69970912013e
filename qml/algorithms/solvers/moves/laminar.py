"""Which groups moves can keep: those of which any two are nested or apart.

Flips and swaps reach everything that such groups allow. Groups that cross (rows and columns of an
assignment) would leave single swaps nowhere to go; the later ones of them become limits, which are
kept by penalty and repair.
"""

from dataclasses import replace

import numpy as np

from qml.problems import Arrays, Group
from qml.problems.structure import Limit


def laminar(problem: Arrays) -> Arrays:
    """Return the problem with every group that crosses an earlier one as a limit."""
    kept: list[Group] = []
    crossing: list[Limit] = []
    for group in problem.groups:
        if all(_beside(group, other) for other in kept):
            kept.append(group)
        else:
            crossing.append(_as_limit(group, problem.size))
    if not crossing:
        return problem
    return replace(problem, groups=tuple(kept), limits=(*problem.limits, *crossing))


def _beside(one: Group, other: Group) -> bool:
    """Tell whether two groups are apart, or one holds the other."""
    a, b = set(one.members), set(other.members)
    return a.isdisjoint(b) or a <= b or b <= a


def _as_limit(group: Group, n: int) -> Limit:
    weights = np.zeros(n)
    weights[list(group.members)] = 1.0
    return Limit(group.label, weights, float(group.low), float(group.high))
