"""Constraints as costs, for the mixer that does not keep them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.sampled import default_penalty
from qml.engine.diagonal import quadratic_costs
from qml.errors import PlanError
from qml.problems import Arrays
from qml.problems.feasible import rows


def penalties(problem: Arrays, options: Options) -> NDArray[np.float64]:
    """Return what broken constraints cost, the penalty times the square, (2**n,)."""
    found = np.zeros(1 << problem.size)
    none = np.zeros_like(problem.couplings)
    for weights, low, high in zip(*rows(problem), strict=True):
        value = quadratic_costs(weights, none)
        found += np.maximum(low - value, 0) ** 2 + np.maximum(value - high, 0) ** 2
    return (options.penalty or default_penalty(problem)) * found


def penalised(problem: Arrays, options: Options) -> Arrays:
    """Return a problem without constraints whose objective holds their penalties.

    Raises:
        PlanError: A constraint is no equation, so that its penalty is not quadratic.
    """
    if not problem.constrained:
        return problem
    factor = options.penalty or default_penalty(problem)
    linear, couplings, offset = problem.linear.copy(), problem.couplings.copy(), problem.offset
    for weights, low, high in zip(*rows(problem), strict=True):
        if low != high:
            raise PlanError(
                "the penalty of an inequality is not quadratic, and a circuit has pairs only",
                hint="mixer = 'grover' keeps inequalities of disjoint groups; backend jax with"
                " backend.shots = 0 takes any",
            )
        square = factor * np.outer(weights, weights)
        linear += np.diag(square) - 2 * factor * low * weights
        couplings += 2 * (square - np.diag(np.diag(square)))
        offset += factor * low**2
    return replace(problem, linear=linear, couplings=couplings, offset=offset, groups=(), limits=())
