"""Says in words which solver found most, and how quantum ones stand beside classical ones."""

from collections.abc import Mapping, Sequence
from typing import Any

_EQUAL = 1e-9
_SIMULATED = (
    "A simulator computed every objective before the first shot: enumeration would have solved it."
)


def same(one: float, other: float) -> bool:
    """Whether two objectives are equal but for rounding."""
    return abs(one - other) <= _EQUAL * (1 + max(abs(one), abs(other)))


def best_of(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the row of the least objective; of equal ones that of the fewest evaluations."""
    found = [row for row in rows if row["best"] is not None]
    if not found:
        return None
    least = min(row["best"] for row in found)
    return min((r for r in found if same(r["best"], least)), key=lambda r: r["evaluations"])


def verdict(
    rows: Sequence[Mapping[str, Any]],
    *,
    optimum: float | None,
    equal: str,
    enumerated: bool = False,
) -> str:
    """State in a few sentences what was found, and by which side.

    Args:
        rows: `solver`, `quantum`, `best`, `evaluations`.
        optimum: The proven optimum, or None.
        equal: The budget that all had, in words, e.g. `10,000 evaluations`.
        enumerated: Whether a simulator computed every objective for a quantum solver.
    """
    first = best_of(rows)
    if first is None:
        return "No solver found an assignment that keeps all constraints."
    sentences = [_found(rows, first, optimum), _sides(rows, equal)]
    return " ".join([*sentences, _SIMULATED if enumerated else ""]).strip()


def _found(
    rows: Sequence[Mapping[str, Any]], first: Mapping[str, Any], optimum: float | None
) -> str:
    value = f"{first['best']:.10g}"
    equals = [r["solver"] for r in rows if r["best"] is not None and same(r["best"], first["best"])]
    if optimum is not None and same(first["best"], optimum):
        return f"The optimum is {value}, proven; found by {_list(equals)}."
    return f"Best: {value}, by {_list(equals)}; not proven to be optimal."


def _sides(rows: Sequence[Mapping[str, Any]], equal: str) -> str:
    """Compare the best quantum solver with the best classical one."""
    quantum = best_of([r for r in rows if r["quantum"]])
    classical = best_of([r for r in rows if not r["quantum"]])
    if not any(r["quantum"] for r in rows):
        return ""
    if quantum is None:
        return f"At equal budget ({equal}) classical solvers win: no quantum one found anything."
    if classical is None:
        return "No classical solver stands beside the quantum one: nothing is shown."
    names = f"{classical['solver']} against {quantum['solver']}"
    if same(quantum["best"], classical["best"]):
        return f"At equal budget ({equal}) it is a tie: {names}; no quantum advantage is shown."
    if quantum["best"] > classical["best"]:
        return (
            f"At equal budget ({equal}) classical solvers win: {names},"
            f" {classical['best']:.6g} against {quantum['best']:.6g}."
        )
    return (
        f"At equal budget ({equal}) {quantum['solver']} found more than {classical['solver']},"
        f" {quantum['best']:.6g} against {classical['best']:.6g}; one seed on one problem."
    )


def _list(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
