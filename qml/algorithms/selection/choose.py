"""Choose, and say whether anything beyond greedy was needed.

The rule: exact while there are at most a million subsets, else annealing by swaps from the best
classical start. Whatever a solver finds is held against the rivals at equal budget; the best of all
is chosen, so that no solver can make the choice worse.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.contest import heuristics, randomly, solved_by
from qml.algorithms.selection.problem import Subset, subset_problem
from qml.algorithms.selection.rival import Rival
from qml.algorithms.selection.verdict import reaches, verdict_of
from qml.circuits import Evaluator
from qml.plugins import load
from qml.problems import Group

ENUMERABLE = 10**6
"""Subsets up to which all are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A choice, and what the other ways of choosing would have given.

    Attributes:
        chosen: The places, ascending.
        objective: f of the choice, higher is better.
        winner: Who found it: the solver where it is among the best, else the best rival.
        solver: The solver that ran.
        proven: Whether the choice is known to be optimal.
        rivals: Every way of choosing, the solver last.
        verdict: One sentence.
    """

    chosen: tuple[int, ...]
    objective: float
    winner: str
    solver: str
    proven: bool
    rivals: tuple[Rival, ...]
    verdict: str


def choose(
    embeddings: NDArray[np.float64],
    quality: NDArray[np.float64] | None,
    k: int,
    *,
    weight: float = 0.3,
    quotas: Sequence[Group] = (),
    solver: str = "auto",
    seed: int = 0,
    budget: int | None = None,
) -> Selection:
    """Choose k answers that are good and unlike one another.

    Args:
        embeddings: Shape (n, d); rows are scaled to unit length.
        quality: Shape (n,), higher is better; None where it is not known.
        k: How many to choose, 1 to n.
        weight: Weight of the mean quality beside the mean distance.
        quotas: Least and largest numbers of chosen among some places.
        solver: `auto`, or a solver by name.
        seed: Feeds every random choice.
        budget: Evaluations of the solver; its default where None.

    Raises:
        DataError: A shape, k or a number cannot be used.
        PlanError: The quotas cannot hold together.
        PluginError: No solver has that name.
    """
    problem = subset_problem(embeddings, quality, k, weight=weight, quotas=quotas)
    return choose_subset(problem, solver=solver, seed=seed, budget=budget)


def choose_subset(
    problem: Subset,
    *,
    solver: str = "auto",
    seed: int = 0,
    budget: int | None = None,
    options: Mapping[str, Any] | None = None,
    evaluator: Evaluator | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Selection:
    """Choose for a problem that is built already; see `choose`."""
    rng, classical = np.random.default_rng(seed), heuristics(problem)
    name = solver_for(problem, budget) if solver == "auto" else solver
    from_greedy = partial(
        solved_by, problem, start=classical[-1].chosen, seed=seed, budget=budget, stop=stop
    )
    solved = [from_greedy(each) for each in references(problem, name, budget)]
    solved.append(from_greedy(name, options=options, evaluator=evaluator))
    most = comb(problem.size, problem.k)  # a proof may look at more; drawing more tells nothing
    count = max(1, min(most, solved[-1].evaluations))
    rivals = (randomly(problem, count, rng), *classical, *solved)
    return decided(problem, name, rivals)


def solver_for(problem: Subset, budget: int | None = None) -> str:
    """Return what `auto` stands for: exact while all subsets may be looked at, else annealing."""
    count = comb(problem.size, problem.k)
    return "exact" if count <= min(ENUMERABLE, budget or ENUMERABLE) else "annealing"


def is_quantum(solver: str) -> bool:
    """Whether a solver runs circuits or a quantum machine, as its module says.

    Such a one is accepted only at equality with the best classical way.

    Raises:
        PluginError: No solver has that name.
    """
    return bool(getattr(load("solvers", solver), "QUANTUM", False))


def references(problem: Subset, name: str, budget: int | None) -> tuple[str, ...]:
    """Return the classical solver that a quantum one is held against."""
    return (solver_for(problem, budget),) if is_quantum(name) else ()


def decided(problem: Subset, solver: str, rivals: tuple[Rival, ...]) -> Selection:
    """Choose the best of all; of equals the solver's, else that of the fewest evaluations."""
    found = [rival for rival in rivals if rival.objective is not None]
    bar = max(rival.objective for rival in found if rival.objective is not None)
    best = [rival for rival in found if reaches(rival, bar)]
    winner = min(best, key=lambda rival: (rival.name != solver, rival.evaluations))
    proven = any(rival.proven for rival in best)
    return Selection(
        chosen=winner.chosen,
        objective=problem.value(winner.chosen),
        winner=winner.name,
        solver=solver,
        proven=proven,
        rivals=rivals,
        verdict=verdict_of(solver, rivals, bar, proven=proven, quantum=is_quantum(solver)),
    )
