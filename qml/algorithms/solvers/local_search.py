"""Steepest descent by one flip, or by one swap where groups forbid flips, from random starts."""

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.moves.descent import descend
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.mending import purse_of, with_one_feasible
from qml.algorithms.solvers.moves.neighbourhood import TOLERANCE, Neighbourhood
from qml.algorithms.solvers.moves.starts import Starts
from qml.config.base import Section
from qml.problems import Arrays

_NUMBERS = 20_000
"""Starts times variables of the largest batch of descents; batches double up to it."""


class Options(Section):
    """Settings of `local_search`."""

    swaps: bool = Field(
        default=False,
        description="Try swaps of a one with a zero, too, where no group asks for them.",
    )
    restarts: int | None = Field(None, ge=1, description="Descents, at most (starts).")


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield one local minimum after the other."""
    rng, done, batch = np.random.default_rng(task.seed), 0, 1
    starts = Starts(task.problem, rng)
    most = options.restarts or sys.maxsize
    going = True
    while going and done < most:
        if task.problem.constrained or options.swaps:
            found, going = _by_swaps(task, starts, first=not done)
        else:
            found = _by_flips(task, rng, min(batch, most - done), first=not done)
            batch = min(2 * batch, max(1, _NUMBERS // task.problem.size))
        if found is None:
            return
        done += len(found.samples)
        yield found


def _by_swaps(task: Task, starts: Starts, *, first: bool) -> tuple[Proposals | None, bool]:
    """Return a local minimum, and whether the budget let the descent end."""
    purse = purse_of(task)
    if not purse.take(1):
        return None, False
    given = task.start if first else None
    x = starts.draw(1)[0] if given is None else given
    walk = Neighbourhood(laminar(task.problem), x)
    ended = descend(walk, purse.take)
    return with_one_feasible(task.problem, walk.x[None], purse), ended


def _by_flips(
    task: Task, rng: np.random.Generator, wanted: int, *, first: bool
) -> Proposals | None:
    problem = task.problem
    batch = task.left.evaluations(wanted)
    if not batch:
        return None
    x = rng.integers(0, 2, (batch, problem.size)).astype(np.int8)
    if first and task.start is not None:
        x[0] = task.start
    used = batch + _flip_down(problem, x, task.left.evaluations(sys.maxsize) - batch)
    return Proposals(x, used)


def _flip_down(problem: Arrays, x: NDArray[np.int8], left: int) -> int:
    """Flip the best bit of every row until none helps; returns the evaluations used."""
    fields = problem.linear + x @ problem.couplings
    signs = 1.0 - 2.0 * x
    slack = TOLERANCE * (1 + float(np.abs(fields).max(initial=0)))
    active, used = np.arange(len(x)), 0
    while len(active) and used + len(active) * problem.size <= left:
        used += len(active) * problem.size
        changes = signs[active] * fields[active]
        best = np.argmin(changes, axis=1)
        better = changes[np.arange(len(active)), best] < -slack
        active, best = active[better], best[better]
        fields[active] += signs[active, best][:, None] * problem.couplings[best]
        signs[active, best] *= -1
    x[:] = (signs < 0).astype(np.int8)
    return used
