"""Solvers of the allocation by name: what each finds, after repair by greedy."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from qml.algorithms.solvers import Answer, Budget
from qml.compression.bits.allocation import binary, greedy, integer, reduced
from qml.compression.bits.allocation.problem import Choice, Problem
from qml.compression.bits.allocation.terms import Left, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found.

    Attributes:
        choice: The allocation; it keeps the budget.
        bound: A proven lower bound of the additive objective, or None (nats).
        evaluations: Evaluations of the solver, None where it counts none.
        seconds: Time of the search (s).
        note: What a reader must know, or empty.
        interrupted: Whether somebody asked to stop.
    """

    choice: Choice
    bound: float | None = None
    evaluations: int | None = None
    seconds: float = 0.0
    note: str = ""
    interrupted: bool = False


def search(name: str, problem: Problem, terms: Terms) -> Found:
    """Run one solver; the smallest allocation must fit.

    Args:
        name: `ilp`, `greedy`, `exact`, `qaoa` or another solver of the core.
        problem: Costs, sizes, budget; perhaps pair terms.
        terms: What it may use.

    Raises:
        PlanError: The solver cannot work on this problem.
    """
    began = terms.clock.monotonic()
    found = _SEARCHES.get(name, _by_qubo(name))(problem, terms)
    return replace(found, seconds=terms.clock.monotonic() - began)


def _greedy(problem: Problem, terms: Terms) -> Found:
    del terms
    return Found(choice=greedy.greedy(problem))


def _ilp(problem: Problem, terms: Terms) -> Found:
    """Prove the optimum of the additive objective."""
    model = integer.one_hot(replace(problem, pairs=None))
    options = {**terms.options, "method": "highs"}
    answer = terms.solve(model.arrays, "exact", options=options)
    bound = None if answer.bound is None else answer.bound / model.scale
    if answer.best is None:
        note = "it found nothing within its budget: greedy's choice stands"
        return _from(answer, greedy.greedy(problem), bound=bound, note=note)
    choice = greedy.repair(problem, model.choice(answer.best))
    note = "" if answer.proven else "stopped before the optimum was proven"
    return _from(answer, choice, bound=bound, note=note)


def _exact(problem: Problem, terms: Terms) -> Found:
    """Prove the optimum over the steps of all hulls, then repair."""
    model = binary.limited(problem)
    answer = terms.solve(model.arrays, "exact")
    note = f"{model.arrays.size} bits, one for each step along a hull; the budget is a constraint"
    return _never_above_greedy(problem, model, answer, note)


def _by_qubo(solver: str) -> Callable[[Problem, Terms], Found]:
    def run(problem: Problem, terms: Terms) -> Found:
        """Solve the steps near the threshold as QUBOs of rising stiffness, then repair."""
        start = greedy.greedy(problem)
        level = greedy.price(problem, start)
        best = Found(choice=start, evaluations=0, note="nothing is undecided: nothing was run")
        bits, left = 0, Left.of(terms)
        for strength in _STRENGTHS:
            model = binary.core(problem, level, within=_WITHIN, strength=strength)
            if model is None or (budget := left.share(len(_STRENGTHS))) is None:
                break
            answer = terms.solve(model.arrays, solver, budget=budget)
            left.take(answer)
            bits = model.arrays.size
            best = _better(problem, best, model, answer)
            if answer.interrupted:
                break
        note = f"QUBO of {bits} bits, one for each step near the threshold" if bits else best.note
        if bits and (best.choice == start).all():
            note += "; nothing better than greedy's choice"
        return replace(best, evaluations=left.used, note=note)

    return run


def _better(problem: Problem, best: Found, model: binary.Core, answer: Answer) -> Found:
    found = replace(best, interrupted=answer.interrupted)
    if answer.best is None:
        return found
    choice = greedy.repair(problem, model.choice(answer.best))
    if problem.objective(choice) < problem.objective(best.choice):
        return replace(found, choice=choice)
    return found


def _qaoa(problem: Problem, terms: Terms) -> Found:
    """Solve the few most undecided units; the others stay as greedy has them."""
    start = greedy.greedy(problem)
    model = reduced.reduce(problem, start, terms.qubits)
    if model is None:
        return Found(choice=start, evaluations=0, note="nothing is undecided: nothing was run")
    budget = replace(terms.budget, evaluations=min(SHOTS, terms.budget.evaluations or SHOTS))
    answer = terms.solve(model.arrays, "qaoa", budget=budget)
    if answer.best is None:
        return _from(answer, start, note="no shot kept the budget: greedy's choice stands")
    best = terms.solve(model.arrays, "exact", budget=Budget(), options={})
    assert answer.objective is not None
    assert best.objective is not None
    gap = max(0.0, answer.objective - best.objective) / model.scale
    note = (
        f"{model.arrays.size} of {len(start)} units, the most undecided, on qml's own engine; the"
        f" others as greedy has them; {gap:.2g} above the optimum of this piece, which enumeration"
        f" of 2^{model.arrays.size} assignments finds as well"
    )
    return _from(answer, greedy.repair(problem, model.choice(answer.best)), note=note)


def _never_above_greedy(problem: Problem, model: binary.Core, answer: Answer, note: str) -> Found:
    start = greedy.greedy(problem)
    if answer.best is None:
        return _from(answer, start, note=f"{note}; it found nothing: greedy's choice stands")
    choice = greedy.repair(problem, model.choice(answer.best))
    if problem.objective(choice) > problem.objective(start):
        return _from(answer, start, note=f"{note}; nothing better than greedy's choice, shown here")
    return _from(answer, choice, note=note)


def _from(answer: Answer, choice: Choice, *, bound: float | None = None, note: str) -> Found:
    return Found(
        choice=choice,
        bound=bound,
        evaluations=answer.evaluations,
        note=note,
        interrupted=answer.interrupted,
    )


_WITHIN, _STRENGTHS = 3.0, (0.01, 0.1, 1.0)
"""Measured by bench/compress_bits.py: wider cores and stiffer penalties end further from the
optimum."""
QUBO = ("annealing", "tabu", "local_search", "parallel_tempering", "path_integral")
"""Solvers of the core that take the problem as a QUBO."""
SOLVERS = ("ilp", "greedy", "exact", "qaoa", *QUBO)
SHOTS = 1000
"""Shots of QAOA: more only draw the optimum of a small piece by chance."""
_SEARCHES: dict[str, Callable[[Problem, Terms], Found]] = {
    "greedy": _greedy,
    "ilp": _ilp,
    "exact": _exact,
    "qaoa": _qaoa,
}
