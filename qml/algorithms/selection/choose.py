"""Choose, and say whether anything beyond greedy was needed.

The rule: exact while there are at most a million subsets, else annealing by swaps from the best
classical start. Whatever a solver finds is held against the rivals at equal budget; the best of all
is chosen, so that no solver can make the choice worse.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.problem import Subset, subset_problem
from qml.algorithms.selection.rivals import (
    Rival,
    best_of_random,
    dpp,
    greedy,
    mmr,
    swapped,
    top_k,
)
from qml.algorithms.selection.verdict import reaches, verdict_of
from qml.algorithms.solvers import Answer, Budget, solve
from qml.circuits import Evaluator
from qml.problems import Group

ENUMERABLE = 10**6
"""Subsets up to which all are looked at."""
MOVES = 400
"""Evaluations of an annealer for each pair of a chosen and another place."""
MOST_MOVES = 500_000
"""Most evaluations of an annealer, unless a budget allows more: about a second."""


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
    rng = np.random.default_rng(seed)
    classical = [
        _timed("top_k", problem, lambda: (top_k(problem), 1)),
        _timed("mmr", problem, lambda: (mmr(problem), 1)),
        _timed("dpp", problem, lambda: (dpp(problem), 1)),
        _timed("greedy", problem, lambda: (greedy(problem), _greedy_cost(problem))),
        _timed("greedy_swap", problem, lambda: _greedy_swap(problem)),
    ]
    name = solver_for(problem, budget) if solver == "auto" else solver
    solved = [
        _solved(problem, each, seed, budget, options, evaluator, classical[-1], stop)
        for each in (*references(problem, name, budget), name)
    ]
    most = comb(problem.size, problem.k)  # a proof may look at more; drawing more tells nothing
    count = max(1, min(most, solved[-1].evaluations))
    rivals = (_random(problem, count, rng), *classical, *solved)
    return decided(problem, name, rivals)


def solver_for(problem: Subset, budget: int | None = None) -> str:
    """Return what `auto` stands for: exact while all subsets may be looked at, else annealing."""
    count = comb(problem.size, problem.k)
    return "exact" if count <= min(ENUMERABLE, budget or ENUMERABLE) else "annealing"


CIRCUITS = frozenset({"qaoa", "vqe", "dwave"})
"""Quantum solvers: accepted only at equality with the best classical way."""


def references(problem: Subset, name: str, budget: int | None) -> tuple[str, ...]:
    """Return the classical solver that a quantum one is held against."""
    return (solver_for(problem, budget),) if name in CIRCUITS else ()


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
        verdict=verdict_of(solver, rivals, bar, proven=proven, quantum=solver in CIRCUITS),
    )


def _solved(
    problem: Subset,
    solver: str,
    seed: int,
    budget: int | None,
    options: Mapping[str, Any] | None,
    evaluator: Evaluator | None,
    start: Rival,
    stop: Callable[[], bool],
) -> Rival:
    arrays = problem.arrays()
    places = np.array(arrays.names, dtype=np.intp)
    answer = solve(
        arrays,
        solver,
        budget=Budget(evaluations=_allowed(problem, solver, budget)),
        seed=seed,
        options=options,
        evaluator=evaluator,
        start=np.isin(places, start.chosen).astype(np.int8),
        stop=stop,
    )
    return _as_rival(problem, answer, places)


def _allowed(problem: Subset, solver: str, budget: int | None) -> int | None:
    """Return the evaluations of a solver; an enumeration ends by itself."""
    if budget is not None or solver == "exact":
        return budget
    return min(MOST_MOVES, MOVES * problem.k * max(1, problem.size - problem.k))


def _as_rival(problem: Subset, answer: Answer, places: NDArray[np.intp]) -> Rival:
    """Return what a solver found; bit i of its answer stands for `places[i]`."""
    chosen: tuple[int, ...] = ()
    if answer.best is not None:
        chosen = tuple(sorted(int(place) for place in places[answer.best == 1]))
    return Rival(
        name=answer.solver,
        objective=problem.value(chosen) if chosen else None,
        chosen=chosen,
        evaluations=answer.evaluations,
        seconds=answer.seconds,
        proven=answer.proven,
    )


def _timed(name: str, problem: Subset, way: Callable[[], tuple[tuple[int, ...], int]]) -> Rival:
    began = perf_counter()
    chosen, used = way()
    return Rival(
        name=name,
        objective=problem.value(chosen),
        chosen=chosen,
        evaluations=used,
        seconds=perf_counter() - began,
    )


def _greedy_cost(problem: Subset) -> int:
    return sum(problem.size - taken for taken in range(problem.k))


def _greedy_swap(problem: Subset) -> tuple[tuple[int, ...], int]:
    chosen, used = swapped(problem, greedy(problem))
    return chosen, used + _greedy_cost(problem)


def _random(problem: Subset, count: int, rng: np.random.Generator) -> Rival:
    began = perf_counter()
    chosen, mean, scored = best_of_random(problem, count, rng)
    return Rival(
        name="random",
        objective=problem.value(chosen) if chosen else None,
        chosen=chosen,
        evaluations=scored,
        seconds=perf_counter() - began,
        mean=mean,
    )
