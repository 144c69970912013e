"""A proven optimum: enumeration, branch and bound, or HiGHS, whichever suits the problem.

Without constraints all 2^n assignments are looked at, in blocks. With constraints and couplings
partial assignments are extended, and dropped where a bound says so. Everything else that is sparse
enough, and every linear objective, goes to HiGHS.
"""

from collections.abc import Iterator
from math import comb, log2
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.enumeration.gray import enumerate_all
from qml.algorithms.solvers.enumeration.highs import branch_and_cut
from qml.algorithms.solvers.enumeration.tree import search
from qml.algorithms.solvers.moves.descent import repaired
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.purse import Purse
from qml.algorithms.solvers.moves.starts import Starts
from qml.config.base import Section
from qml.errors import PlanError
from qml.problems import Arrays

_SPARSE = 400
"""Couplings that HiGHS is given; each of them makes a variable of its own."""
_INCUMBENTS = 4
"""Descents whose best is what branch and bound begins with."""


class Options(Section):
    """Settings of `exact`."""

    method: Literal["auto", "enumerate", "highs"] = Field(
        "auto", description="How the optimum is proven."
    )
    largest: int = Field(
        30, ge=1, le=40, description="Most variables whose assignments are all enumerated."
    )


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield better assignments as they are found, and at the end the bound.

    Raises:
        PlanError: The problem is too large for a proof.
    """
    method = method_for(task.problem, options)
    if method == "highs":
        return branch_and_cut(task)
    if not task.problem.constrained:
        return enumerate_all(task)
    purse = Purse(task.left)
    return search(task, _incumbent(task, purse), purse.taken)


def method_for(problem: Arrays, options: Options) -> Literal["enumerate", "highs"]:
    """Tell how a problem would be solved.

    Raises:
        PlanError: It is too large for a proof.
    """
    pairs = np.count_nonzero(np.triu(problem.couplings, 1))
    fits = _bits(problem) <= options.largest
    if options.method != "auto":
        return options.method
    if problem.constrained and not pairs:
        return "highs"
    if fits:
        return "enumerate"
    if pairs <= _SPARSE:
        return "highs"
    raise PlanError(
        f"solver `exact` cannot prove an optimum of {problem.size} variables with {pairs:,}"
        f" couplings: it enumerates up to 2^{options.largest} assignments, and gives HiGHS up to"
        f" {_SPARSE:,} couplings",
        hint="name other solvers, e.g. --solver annealing --solver tabu",
    )


def fits(problem: Arrays) -> bool:
    """Tell whether a proof is within reach."""
    try:
        method_for(problem, Options())
    except PlanError:
        return False
    return True


def _bits(problem: Arrays) -> float:
    """Return log2 of the number of assignments that keep disjoint groups."""
    free, total = set(range(problem.size)), 0.0
    for group in sorted(problem.groups, key=lambda g: len(g.members), reverse=True):
        if free.issuperset(group.members):
            free -= set(group.members)
            ways = sum(comb(len(group.members), k) for k in range(group.low, group.high + 1))
            total += log2(max(1, ways))
    return total + len(free)


def _incumbent(task: Task, purse: Purse) -> NDArray[np.int8] | None:
    """Return the best of a few descents, or of them and the start; None where none is feasible.

    They are paid for like all evaluations.
    """
    problem, rng = task.problem, np.random.default_rng(task.seed)
    count = purse.whole(1, _INCUMBENTS)
    if not count:
        return None
    found = repaired(laminar(problem), Starts(problem, rng).draw(count), purse.take)
    if task.start is not None and purse.take(1):
        found = np.vstack([found, task.start[None]])
    values = np.where(problem.feasible(found), problem.objectives(found), np.inf)
    best = int(np.argmin(values))
    return found[best] if np.isfinite(values[best]) else None
