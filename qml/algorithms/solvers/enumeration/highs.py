"""HiGHS, for linear objectives under linear constraints; products become variables of their own.

A product of two bits is a variable z between 0 and 1: z <= x, z <= y where the coupling is
negative, and z >= x + y - 1 where it is positive (McCormick 1976), which is exact for bits.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from qml.algorithms.solvers.base import Allowance, Proposals, Task
from qml.problems import Arrays
from qml.problems.feasible import rows

_FIRST = 64
"""Nodes of the first attempt; each further one may take four times as many."""
_MOST = 4**12
_ENDED = (0, 2, 3)
"""Status of SciPy: optimal, infeasible, unbounded. A limit of nodes is 4, of time 1."""
_OUT_OF_TIME = 1


def branch_and_cut(task: Task) -> Iterator[Proposals]:
    """Yield the best assignment of ever longer attempts; an evaluation is a node of the tree.

    An attempt begins anew, so that what it does depends on its number of nodes alone; one that the
    clock cuts short is thrown away.
    """
    problem, nodes = task.problem, _FIRST
    model = _model(problem)
    while True:
        granted = task.left.evaluations(nodes)
        if not granted:
            return
        result = _attempt(model, granted, task.left)
        if result is None:
            return
        ended = result.status in _ENDED
        used = min(granted, _nodes(result)) if ended else granted
        yield _proposals(problem, result, used)
        if ended or granted < nodes or nodes >= _MOST:
            return
        nodes *= 4


def _attempt(model: dict[str, Any], nodes: int, left: Allowance) -> Any:
    """Return what HiGHS found, None where the time ended first."""
    from scipy.optimize import milp

    seconds = left.time_left()
    if seconds <= 0:
        return None
    limited = bool(np.isfinite(seconds))
    options: Any = {"node_limit": nodes, "mip_rel_gap": 0.0}
    options |= {"time_limit": seconds} if limited else {}
    result = milp(**model, options=options)
    late = result.status == _OUT_OF_TIME and int(result.mip_node_count or 0) < nodes
    return None if limited and (late or left.time_left() <= 0) else result


def _nodes(result: Any) -> int:
    return max(1, int(result.mip_node_count or 1))


def _proposals(problem: Arrays, result: Any, used: int) -> Proposals:
    found = np.zeros((0, problem.size), dtype=np.int8)
    if result.x is not None:
        found = np.round(result.x[None, : problem.size]).astype(np.int8)
    bound = result.mip_dual_bound
    known = bound is not None and np.isfinite(bound)
    return Proposals(found, used, bound=float(bound) + problem.offset if known else None)


def _model(problem: Arrays) -> dict[str, Any]:
    from scipy.optimize import Bounds, LinearConstraint

    pairs = np.argwhere(np.triu(problem.couplings, 1))
    values = problem.couplings[pairs[:, 0], pairs[:, 1]]
    size = problem.size + len(pairs)
    weights, low, high = rows(problem)
    constraints = []
    if len(weights):
        padded = sparse.hstack(
            [sparse.csr_array(weights), sparse.csr_array((len(weights), len(pairs)))]
        )
        constraints.append(LinearConstraint(padded, low, high))
    if len(pairs):
        constraints.append(_products(problem.size, pairs, values))
    kinds = np.zeros(size, dtype=np.int64)
    kinds[: problem.size] = 1
    return {
        "c": np.concatenate([problem.linear, values]),
        "integrality": kinds,
        "bounds": Bounds(0, 1),
        "constraints": constraints,
    }


def _products(n: int, pairs: NDArray[np.intp], values: NDArray[np.float64]) -> Any:
    """Return z - x <= 0 and z - y <= 0 of negative, x + y - z <= 1 of positive couplings."""
    from scipy.optimize import LinearConstraint

    entries: list[tuple[int, int, float]] = []
    tops: list[float] = []
    for p, (i, j) in enumerate(pairs):
        if values[p] < 0:
            for k in (i, j):
                entries += [(len(tops), n + p, 1.0), (len(tops), int(k), -1.0)]
                tops.append(0.0)
        else:
            row = len(tops)
            entries += [(row, int(i), 1.0), (row, int(j), 1.0), (row, n + p, -1.0)]
            tops.append(1.0)
    places, columns, numbers = zip(*entries, strict=True)
    table = sparse.csr_array((numbers, (places, columns)), shape=(len(tops), n + len(pairs)))
    return LinearConstraint(table, -np.inf, np.array(tops))
