"""Lets every way of choosing work on one problem, and notes what it found and used."""

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.draws import best_of_random
from qml.algorithms.selection.problem import Subset
from qml.algorithms.selection.rival import Rival
from qml.algorithms.selection.rivals import dpp, greedy, mmr, top_k
from qml.algorithms.selection.swaps import swapped
from qml.algorithms.solvers import Answer, Budget, solve
from qml.circuits import Evaluator

MOVES = 400
"""Evaluations of an annealer for each pair of a chosen and another place."""
MOST_MOVES = 500_000
"""Most evaluations of an annealer, unless a budget allows more: about a second."""


def heuristics(problem: Subset) -> list[Rival]:
    """Return what the classical ways choose, greedy + swap last."""
    return [
        _timed("top_k", problem, lambda: (top_k(problem), 1)),
        _timed("mmr", problem, lambda: (mmr(problem), 1)),
        _timed("dpp", problem, lambda: (dpp(problem), 1)),
        _timed("greedy", problem, lambda: (greedy(problem), _greedy_cost(problem))),
        _timed("greedy_swap", problem, lambda: _greedy_swap(problem)),
    ]


def solved_by(
    problem: Subset,
    solver: str,
    *,
    start: Sequence[int],
    seed: int,
    budget: int | None,
    stop: Callable[[], bool],
    options: Mapping[str, Any] | None = None,
    evaluator: Evaluator | None = None,
) -> Rival:
    """Return what a solver chooses, begun from the places of `start`."""
    arrays = problem.arrays()
    places = np.array(arrays.names, dtype=np.intp)
    answer = solve(
        arrays,
        solver,
        budget=Budget(evaluations=_allowed(problem, solver, budget)),
        seed=seed,
        options=options,
        evaluator=evaluator,
        start=np.isin(places, list(start)).astype(np.int8),
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


def randomly(problem: Subset, count: int, rng: np.random.Generator) -> Rival:
    """Return the best of so many random choices, and their mean."""
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
