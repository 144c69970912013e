"""The assignments that solvers found, as JSON with the names of the variables."""

from collections.abc import Mapping
from typing import Any

from qml.algorithms.solvers import Answer
from qml.problems import Arrays

FILE = "assignments.json"


def assignments(problem: Arrays, answers: Mapping[str, Answer], chosen: str | None) -> Any:
    """Return the best assignment of every solver, and that of the best solver first.

    Values are those of the model: 0 and 1, or spins of +1 and -1.
    """
    found = {
        name: {"objective": answer.objective, "assignment": _named(problem, answer)}
        for name, answer in answers.items()
        if answer.best is not None
    }
    return {
        "vartype": "SPIN" if problem.spin else "BINARY",
        "best": None if chosen is None else {"solver": chosen, **found[chosen]},
        "solvers": found,
    }


def _named(problem: Arrays, answer: Answer) -> dict[str, int]:
    assert answer.best is not None
    values = 1 - 2 * answer.best if problem.spin else answer.best
    return {str(name): int(v) for name, v in zip(problem.names, values, strict=True)}
