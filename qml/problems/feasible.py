"""Assignments that keep all constraints, by HiGHS; found before any solver runs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.problems.arrays import Arrays

EFFORT = 20_000
"""Branch-and-bound nodes that the search for one assignment may take."""
_PATIENCE = 60.0
"""Seconds that it may take; more is an error, so that the clock decides no result."""
_INFEASIBLE = 2
_SHOWN = 8


def rows(problem: Arrays) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return all constraints as low <= weights . x <= high; shapes (m, n), (m,), (m,)."""
    weights = np.zeros((len(problem.groups) + len(problem.limits), problem.size))
    low, high = np.full(len(weights), -np.inf), np.full(len(weights), np.inf)
    for i, group in enumerate(problem.groups):
        weights[i, list(group.members)] = 1.0
        low[i], high[i] = group.low, group.high
    for i, limit in enumerate(problem.limits, len(problem.groups)):
        weights[i], low[i], high[i] = limit.weights, limit.low, limit.high
    return weights, low, high


def find_feasible(problem: Arrays, rng: np.random.Generator | None = None) -> NDArray[np.int8]:
    """Return one feasible assignment, shape (n,); a random one of the extreme ones with `rng`.

    Raises:
        DataError: There is none, or none was found.
    """
    if not problem.constrained:
        found = np.zeros(problem.size) if rng is None else rng.integers(0, 2, problem.size)
        return found.astype(np.int8)
    costs = np.zeros(problem.size) if rng is None else rng.normal(size=problem.size)
    result = _cheapest(problem, costs, EFFORT)
    if result.x is None:
        raise _infeasible(problem, proven=result.status == _INFEASIBLE)
    return _bits(result.x)


def nearest_feasible(
    problem: Arrays, x: NDArray[np.int8], effort: int = EFFORT
) -> tuple[NDArray[np.int8] | None, int]:
    """Return the feasible assignment with the fewest bits that differ from x, shape (n,).

    Args:
        problem: Constraints.
        x: Shape (n,).
        effort: Nodes that HiGHS may take.

    Returns:
        The assignment, None where the effort was not enough, and the nodes taken, 1 or more.
    """
    result = _cheapest(problem, 1.0 - 2.0 * x, effort)
    nodes = min(effort, max(1, int(result.mip_node_count or 1)))
    return (None if result.x is None else _bits(result.x)), nodes


def check_feasible(problem: Arrays) -> None:
    """Refuse a problem whose constraints cannot hold together.

    Raises:
        DataError: There is no feasible assignment, or none was found.
    """
    found = find_feasible(problem)
    if not problem.feasible(found[None])[0]:
        raise _infeasible(problem, proven=False)


def _bits(x: NDArray[np.float64]) -> NDArray[np.int8]:
    return np.asarray(np.round(x), dtype=np.int8)


def _cheapest(problem: Arrays, costs: NDArray[np.floating[Any]], effort: int) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp

    weights, low, high = rows(problem)
    return milp(
        costs,
        integrality=np.ones(problem.size, dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(weights, low, high),
        options={"node_limit": effort},
    )


def _infeasible(problem: Arrays, *, proven: bool) -> DataError:
    labels = [g.label for g in problem.groups] + [limit.label for limit in problem.limits]
    more = ", ..." if len(labels) > _SHOWN else ""
    shown = ", ".join(f"`{label}`" for label in labels[:_SHOWN]) + more
    if proven:
        return DataError(
            f"the constraints cannot hold together: {shown}", hint="loosen one of them"
        )
    return DataError(
        f"no assignment was found that keeps {shown}",
        hint=f"HiGHS looked at {EFFORT:,} nodes; loosen a constraint",
    )
