"""Solvers of binary quadratic problems, every family behind one protocol."""

from qml.algorithms.solvers.base import Allowance, Budget, Proposals, Solver, Task
from qml.algorithms.solvers.referee import Answer, Improvement, solve

__all__ = [
    "Allowance",
    "Answer",
    "Budget",
    "Improvement",
    "Proposals",
    "Solver",
    "Task",
    "solve",
]
