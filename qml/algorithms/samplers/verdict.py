"""Says in words which method gives most effective samples, and how quantum ones stand."""

from collections.abc import Mapping, Sequence
from typing import Any

MIXED = 1.05
"""Largest R-hat of chains that are believed to have mixed."""

QUANTUM = frozenset({"qemcmc"})
"""Methods that need a quantum computer, or the simulation of one."""


def has_mixed(row: Mapping[str, Any]) -> bool:
    """Whether the chains of a method agree with one another."""
    return row["ess"] is not None and row["rhat"] is not None and row["rhat"] <= MIXED


def best(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the method whose samples are delivered: of those that mixed, the one of most."""
    mixed = [r for r in rows if has_mixed(r)]
    known = [r for r in rows if r["ess"] is not None]
    return max(mixed or known or rows, key=lambda r: r["ess"] or 0.0, default=None)


def verdict(rows: Sequence[Mapping[str, Any]]) -> str:
    """State in a few sentences who is ahead per evaluation and per second.

    Args:
        rows: `method`, `ess`, `rhat`, `ess_per_evaluation`, `ess_per_second`.
    """
    mixed = [r for r in rows if has_mixed(r)]
    if not mixed:
        return (
            "Not decided: the chains of no method agree (R-hat above"
            f" {MIXED}); more --budget, or a higher temperature."
        )
    told = [
        _leader(rows, mixed, "ess_per_evaluation", "evaluation", 1000),
        _leader(rows, mixed, "ess_per_second", "second", 1),
    ]
    apart = [r["method"] for r in rows if not has_mixed(r)]
    if apart:
        told.append(
            f"Not mixed (R-hat above {MIXED}), their numbers are guesses: {', '.join(apart)}."
        )
    return " ".join(told)


def _leader(
    rows: Sequence[Mapping[str, Any]],
    mixed: Sequence[Mapping[str, Any]],
    key: str,
    unit: str,
    each: int,
) -> str:
    """Compare the best method that mixed with the best one of the other side."""
    first = max(mixed, key=lambda r: r[key])
    said = f"{first['method']} gives most effective samples per {unit}, {_per(first, key, each)}"
    said += f" in {each:,}" if each > 1 else ""
    quantum = first["method"] in QUANTUM
    others = [r for r in rows if (r["method"] in QUANTUM) != quantum and r[key]]
    if not others:
        return f"{said}; no {'classical' if quantum else 'quantum'} method stands beside it."
    sure = [r for r in others if has_mixed(r)]
    if not sure:
        return f"{said}; {' and '.join(r['method'] for r in others)} did not mix."
    rival = max(sure, key=lambda r: r[key])
    side = "the best classical rival, " if quantum else ""
    ratio = first[key] / rival[key]
    times = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"  # noqa: PLR2004 - for reading
    return f"{said}: {times} times {side}{rival['method']} ({_per(rival, key, each)})."


def _per(row: Mapping[str, Any], key: str, each: int) -> str:
    value = each * row[key]
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"  # noqa: PLR2004 - for reading
