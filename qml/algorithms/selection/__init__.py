"""Diverse, good subsets of fixed size: one quadratic problem, its solver and its rivals."""

from qml.algorithms.selection.choose import Selection, choose, choose_subset
from qml.algorithms.selection.explain import Reason, explain
from qml.algorithms.selection.problem import Subset, subset_problem
from qml.algorithms.selection.quotas import require_possible
from qml.algorithms.selection.rival import Rival

__all__ = [
    "Reason",
    "Rival",
    "Selection",
    "Subset",
    "choose",
    "choose_subset",
    "explain",
    "require_possible",
    "subset_problem",
]
