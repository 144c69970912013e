"""One problem, one solver, no run: for people who have a dimod model in their hands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qml.algorithms.solvers import Answer
    from qml.problems import Model


def solve(
    model: "Model",
    solver: str = "annealing",
    *,
    evaluations: int | None = None,
    seconds: float | None = None,
    seed: int = 0,
    options: Mapping[str, Any] | None = None,
) -> "Answer":
    """Look for the best assignment of a binary quadratic problem, on this machine.

    Args:
        model: A dimod BQM or CQM, to be minimised.
        solver: Registered name: `annealing`, `tabu`, `exact`, `qaoa`, ...
        evaluations: Most assignments that are evaluated.
        seconds: Most wall time; 1 where neither is given.
        seed: Feeds every random choice.
        options: Settings of the solver.

    Returns:
        The answer; `best` is the assignment in the order of `model.variables`.

    Raises:
        QmlError: The problem, the solver or a setting cannot be used.
    """
    from qml.algorithms.solvers import Budget
    from qml.algorithms.solvers import solve as run

    limit = 1.0 if evaluations is None and seconds is None else seconds
    budget = Budget(evaluations=evaluations, seconds=limit)
    return run(model, solver, budget=budget, seed=seed, options=options)
