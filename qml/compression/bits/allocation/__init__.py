"""Which format each tensor gets: a knapsack of multiple choice, solved in several ways.

With an additive objective this is a linear knapsack, which integer programming solves to a proven
optimum within a fraction of a second; all other ways are shown beside it. Only pair terms make it
quadratic.
"""

from qml.compression.bits.allocation.problem import Choice, Interactions, Problem

__all__ = ["Choice", "Interactions", "Problem"]
