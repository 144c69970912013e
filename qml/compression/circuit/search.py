"""The cut of least expected loss, by the solvers of binary quadratic problems."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers import Answer, Budget, solve
from qml.algorithms.solvers.exact import fits
from qml.compression.circuit.counts import Counts
from qml.compression.circuit.expansions import Expansion
from qml.compression.circuit.pieces import Piece, of_kind
from qml.errors import InterruptedRunError
from qml.ports import Clock
from qml.problems import Arrays, Group


class Search(NamedTuple):
    """How solvers search.

    Attributes:
        evaluations: Most of each solver's run; none is cut short by the clock, so that a run can be
            repeated.
        seed: Feeds every random choice.
        clock: What time it is.
        stop: Whether somebody asked to stop.
        late: Whether to begin nothing more: somebody asked to stop, or time is up.
    """

    evaluations: int
    seed: int
    clock: Clock
    stop: Callable[[], bool]
    late: Callable[[], bool]

    def run(self, problem: Arrays, solver: str, **options: object) -> Answer:
        """Solve.

        Raises:
            InterruptedRunError: Somebody asked to stop before anything was found.
        """
        found = solve(
            problem,
            solver,
            budget=Budget(evaluations=self.evaluations),
            seed=self.seed,
            options=options,
            clock=self.clock,
            stop=self.stop,
        )
        if found.best is None:
            raise InterruptedRunError("stopped before a cut was found")
        return found


def solver_for(problem: Arrays, name: str) -> str:
    """Return the solver: for `ilp`, the default, `exact` where a proof is within reach."""
    if name != "ilp":
        return name
    return "exact" if fits(problem) else "annealing"


def solver_name(name: str) -> str:
    """Return how records name the solver."""
    return "exact or annealing" if name == "ilp" else name


def reduced(
    expansion: Expansion,
    pieces: tuple[Piece, ...],
    counts: Counts,
    around: NDArray[np.int8],
    *,
    most: int,
) -> tuple[Arrays, NDArray[np.int64]]:
    """Return the problem with all but a few two-qubit gates fixed, for a small quantum computer.

    Free are the gates whose choice is the least clear: whose flip changes the expected loss least,
    as many of each choice as there are, up to half.

    Args:
        expansion: Model of the loss.
        pieces: All that may go.
        counts: How many of each kind go.
        around: What the others are fixed to, shape (pieces,).
        most: Gates that stay free.

    Returns:
        The problem, and the pieces that its variables are.
    """
    gates = of_kind(pieces, "two_qubit")
    field = expansion.linear + expansion.couplings @ around
    order = gates[np.argsort(np.abs(field[gates]), kind="stable")]
    gone, here = order[around[order] == 1], order[around[order] == 0]
    taken = gone[: max(most // 2, most - len(here))]
    free = np.sort(np.concatenate([taken, here[: most - len(taken)]]))
    fixed = around.astype(float)
    fixed[free] = 0
    inner = expansion.couplings[np.ix_(free, free)]
    count = int(around[free].sum())
    whole = expansion.problem(pieces, counts)
    problem = replace(
        whole,
        names=tuple(free.tolist()),
        linear=expansion.linear[free] + expansion.couplings[free] @ fixed,
        couplings=inner,
        offset=float(whole.objectives(fixed[None].astype(np.int8))[0]),
        groups=(Group("two_qubit", tuple(range(len(free))), count, count),),
    )
    return problem, free
