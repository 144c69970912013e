"""The protocol of a solver: it proposes assignments, and the referee scores them.

An entry point of `qml.solvers.v1` names the module that holds `Options` and `propose`. A solver
never judges itself: objective, feasibility and time are measured by `referee.solve`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qml.config.base import Section
from qml.problems import Arrays

if TYPE_CHECKING:  # classical solvers need no simulator
    from qml.circuits import Evaluator


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a solver may use; it stops at whichever ends first. None is no limit.

    Money is not among it: that is the ledger's, for the whole run.

    Attributes:
        evaluations: Assignments whose objective becomes known, be it by the change of one move, a
            read of an annealer or a shot of a circuit.
        seconds: Wall time.
        until: Evaluations after which the referee stops, unknown to the solver: a run that was
            stopped, by time or by a person, is repeated with the evaluations that it used.
    """

    evaluations: int | None = None
    seconds: float | None = None
    until: int | None = None


class Proposals(NamedTuple):
    """Assignments that a solver looked at since it last told of any.

    Attributes:
        samples: Shape (m, n), 0 and 1: those worth scoring, at least the best of them.
        evaluations: How many assignments it evaluated for them, m or more, and at least 1.
        bound: A value that no feasible assignment can be below, where it was proven.
        mended: How many of the samples broke a constraint before they were mended.
    """

    samples: NDArray[np.int8]
    evaluations: int
    bound: float | None = None
    mended: int = 0


class Allowance(Protocol):
    """What is left of a budget.

    Amounts of work must depend on `evaluations` alone, never on the time, so that a run can be
    repeated: the referee then stops it after as many evaluations (`Budget.until`).
    """

    def evaluations(self, most: int) -> int:
        """Return how many of `most` evaluations are left, 0 where none are."""
        ...

    def time_left(self) -> float:
        """Return the seconds left, infinite without a limit.

        Only for work that cannot be stopped half-way: what is late is thrown away, not shown.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A problem to be solved.

    Attributes:
        problem: Its numbers.
        seed: Feeds every random choice.
        left: What is left of the budget.
        evaluator: Runs circuits, for solvers that are made of them; else None.
        start: An assignment to begin with, shape (n,), or None.
    """

    problem: Arrays
    seed: int
    left: Allowance
    evaluator: "Evaluator | None" = None
    start: NDArray[np.int8] | None = None


class Solver(Protocol):
    """The module that an entry point of `qml.solvers.v1` names.

    Attributes:
        Options: Its settings, a table of qml.toml.
        propose: A generator that yields at least every tenth of a second or so. It goes on, with
            restarts, until the allowance ends; a solver that is done (exact, greedy) returns.
    """

    Options: type[Section]
    propose: Callable[[Task, Any], Iterator[Proposals]]
