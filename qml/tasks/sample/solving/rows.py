"""Rows of the table: what each solver found, held against what is proven."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from qml.algorithms.solvers import Answer
from qml.algorithms.solvers.verdict import same

POINTS = 60
"""Most improvements of a solver that are kept for the picture."""


def row(answer: Answer, *, quantum: bool, price: Decimal) -> dict[str, Any]:
    """Return the row of one solver; what is proven is added by `judged`."""
    last = answer.trace[-1] if answer.trace else None
    digest = None if answer.best is None else hashlib.sha256(answer.best.tobytes()).hexdigest()
    return {
        "solver": answer.solver,
        "quantum": quantum,
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
    """Return the best bound that any solver proved, and the optimum where a solver reached it."""
    bounds = [r["bound"] for r in rows if r["bound"] is not None]
    bound = max(bounds, default=None)
    values = [r["best"] for r in rows if r["best"] is not None]
    reached = bound is not None and values and (min(values) < bound or same(min(values), bound))
    return bound, min(values) if reached else None


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


def trace_of(answer: Answer) -> list[list[float]]:
    """Return the improvements as JSON values, the last ones where there are many."""
    points = [[i.evaluations, i.seconds, i.objective] for i in answer.trace[-POINTS:]]
    if points:
        points.append([answer.evaluations, answer.seconds, points[-1][2]])
    return points
