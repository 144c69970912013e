"""Rows of the table: what each solver found, held against what is proven."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from qml.algorithms.solvers import Answer
from qml.algorithms.solvers.verdict import same
from qml.tasks.sample.qubo.kinds import QUANTUM

POINTS = 60
"""Most improvements of a solver that are kept for the picture."""
_SURE = 1e-6
"""Relative error that a right bound may have: the tolerance of HiGHS."""


def row(answer: Answer, *, kind: str, price: Decimal) -> dict[str, Any]:
    """Return the row of one solver; what is proven is added by `judged`.

    Args:
        answer: What it found.
        kind: `classical`, `circuits`, `annealer`, `mock` or `hybrid`; see `kinds`.
        price: What was billed.
    """
    last = answer.trace[-1] if answer.trace else None
    digest = None if answer.best is None else hashlib.sha256(answer.best.tobytes()).hexdigest()
    return {
        "solver": answer.solver,
        "kind": kind,
        "quantum": kind in QUANTUM,
        "best": answer.objective,
        "mean": answer.mean,
        "gap": None,
        "proven": False,
        "feasible": answer.feasible,
        "proposals": answer.proposals,
        "evaluations": answer.evaluations,
        "evaluations_to_best": last.evaluations if last else None,
        "seconds": answer.seconds,
        "seconds_to_best": last.seconds if last else None,
        "bound": answer.bound,
        "price": f"{price:.2f}",
        "interrupted": answer.interrupted,
        "digest": digest,
    }


def lowest(rows: Sequence[Mapping[str, Any]]) -> tuple[float | None, float | None]:
    """Return the best bound that any solver proved, and the optimum where a solver reached it.

    A bound that is above what was found is wrong, and proves nothing.
    """
    wrong = refuted(rows)
    bounds = [r["bound"] for r in rows if r["bound"] is not None and r["solver"] not in wrong]
    bound = max(bounds, default=None)
    best = min((r["best"] for r in rows if r["best"] is not None), default=None)
    if bound is None or best is None or not (best < bound or same(best, bound)):
        return bound, None
    return bound, best


def refuted(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the solvers that told a bound which an assignment is below, beyond rounding."""
    values = [r["best"] for r in rows if r["best"] is not None]
    return [
        r["solver"]
        for r in rows
        if r["bound"] is not None
        and values
        and min(values) < r["bound"] - _SURE * (1 + abs(r["bound"]))
    ]


def judged(rows: Sequence[Mapping[str, Any]], optimum: float | None) -> tuple[dict[str, Any], ...]:
    """Add to each row how far it is above the proven optimum."""
    return tuple({**r, **_standing(r["best"], optimum)} for r in rows)


def _standing(best: float | None, optimum: float | None) -> dict[str, Any]:
    if best is None or optimum is None:
        return {}
    equal = same(best, optimum)
    return {"gap": 0.0 if equal else best - optimum, "proven": equal}


def metrics_of(rows: Sequence[Mapping[str, Any]], optimum: float | None) -> dict[str, Any]:
    """Return the numbers that records keep flat."""
    found: dict[str, Any] = {"optimum": optimum}
    for r in rows:
        for key in ("best", "mean", "feasible", "evaluations"):
            found[f"{r['solver']}_{key}"] = r[key]
    return found


def standing_of(rows: Sequence[Mapping[str, Any]], known: float | None) -> dict[str, Any]:
    """Return how far the first solver is from a known optimum: what benchmarks compare.

    Returns:
        `gap`, `shortfall` (the gap over the size of the optimum, at most 1, and 1 where there is no
        feasible assignment) and `solved` (1 or 0). Nothing where no optimum is known.
    """
    if known is None:
        return {}
    best = rows[0]["best"]
    if best is None:
        return {"gap": None, "shortfall": 1.0, "solved": 0.0}
    gap = 0.0 if same(best, known) else best - known
    size = abs(known) or 1.0
    return {"gap": gap, "shortfall": min(1.0, gap / size), "solved": float(gap <= 0.0)}


def trace_of(answer: Answer) -> list[list[float]]:
    """Return the improvements as JSON values, the last ones where there are many."""
    points = [[i.evaluations, i.seconds, i.objective] for i in answer.trace[-POINTS:]]
    if points:
        points.append([answer.evaluations, answer.seconds, points[-1][2]])
    return points
