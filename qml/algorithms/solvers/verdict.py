"""Says in words which solver found most, and how quantum ones stand beside classical ones."""

from collections.abc import Mapping, Sequence
from typing import Any

_EQUAL = 1e-9
_NEARLY = 0.95
"""Share of a budget that counts as all of it: the last sweep seldom fits exactly."""
_SIMULATED = (
    "A simulator computed every objective before the first shot: enumeration would have solved it."
)
_MOCK = "{name} is D-Wave's mock, which anneals nothing: it says nothing of annealers."
_ASIDE = frozenset({"mock", "hybrid"})
"""Kinds that stand on neither side."""

Row = Mapping[str, Any]


def same(one: float, other: float) -> bool:
    """Whether two objectives are equal but for rounding."""
    return abs(one - other) <= _EQUAL * (1 + max(abs(one), abs(other)))


def label(row: Row) -> str:
    """Name a solver, and the kind of machine where it was D-Wave's: `dwave (mock)`."""
    kind = row["kind"]
    return row["solver"] if kind in ("classical", "circuits") else f"{row['solver']} ({kind})"


def best_of(rows: Sequence[Row]) -> Row | None:
    """Return the row of the least objective; of equal ones that of the fewest evaluations."""
    found = [row for row in rows if row["best"] is not None]
    if not found:
        return None
    least = min(row["best"] for row in found)
    return min((r for r in found if same(r["best"], least)), key=lambda r: r["evaluations"])


def verdict(
    rows: Sequence[Row],
    *,
    optimum: float | None,
    equal: str,
    most: int | None = None,
    enumerated: bool = False,
    refuted: Sequence[str] = (),
) -> str:
    """State in a few sentences what was found, and by which side.

    Args:
        rows: `solver`, `kind`, `quantum`, `best`, `evaluations`, `seconds`, `price`.
        optimum: The proven optimum, or None.
        equal: The budget that all had, in words, e.g. `10,000 evaluations`.
        most: Evaluations of that budget, or None where time was the limit.
        enumerated: Whether a simulator computed every objective for a quantum solver.
        refuted: Solvers whose bound is above what was found.
    """
    first = best_of(rows)
    wrong = [f"The bound of {name} is wrong: a better assignment was found." for name in refuted]
    if first is None:
        return " ".join(["No solver found an assignment that keeps all constraints.", *wrong])
    sentences = [_found(rows, first, optimum), *wrong, _sides(rows, equal, most), *_aside(rows)]
    return " ".join(s for s in [*sentences, _SIMULATED if enumerated else ""] if s)


def _found(rows: Sequence[Row], first: Row, optimum: float | None) -> str:
    value = f"{first['best']:.10g}"
    equals = [label(r) for r in rows if r["best"] is not None and same(r["best"], first["best"])]
    if optimum is not None and same(first["best"], optimum):
        return f"The optimum is {value}, proven; found by {_list(equals)}."
    return f"Best: {value}, by {_list(equals)}; not proven to be optimal."


def _sides(rows: Sequence[Row], equal: str, most: int | None) -> str:
    """Compare the best quantum solver with the best classical one."""
    if not any(r["quantum"] for r in rows):
        return ""
    quantum = best_of([r for r in rows if r["quantum"]])
    classical = best_of([r for r in rows if r["kind"] == "classical"])
    if quantum is None:
        return f"At equal budget ({equal}) classical solvers win: no quantum one found anything."
    if classical is None:
        return "No classical solver stands beside the quantum one: nothing is shown."
    budget = _budget(equal, most, (classical, quantum))
    names = f"{label(classical)} against {label(quantum)}"
    if same(quantum["best"], classical["best"]):
        return f"{budget} it is a tie: {names}; no quantum advantage is shown."
    if quantum["best"] > classical["best"]:
        return (
            f"{budget} classical solvers win: {names},"
            f" {classical['best']:.6g} against {quantum['best']:.6g}."
        )
    return (
        f"{budget} {label(quantum)} found more than {label(classical)},"
        f" {quantum['best']:.6g} against {classical['best']:.6g}; one seed on one problem."
    )


def _budget(equal: str, most: int | None, rows: Sequence[Row]) -> str:
    """Say `At equal budget`, and who did not use all of it."""
    short = [r for r in rows if most is not None and r["evaluations"] < _NEARLY * most]
    used = [f"{label(r)} used {r['evaluations']:,}" for r in short]
    return f"At equal budget ({'; '.join([equal, *used])})"


def _aside(rows: Sequence[Row]) -> list[str]:
    """Say what mocks and hybrid solvers are, and compare the latter by time and money."""
    classical = best_of([r for r in rows if r["kind"] == "classical"])
    told = []
    for row in (r for r in rows if r["kind"] in _ASIDE):
        if row["kind"] == "mock":
            told.append(_MOCK.format(name=label(row)))
            continue
        rival = "" if classical is None else f" against {_spent(classical)}"
        told.append(
            f"{label(row)} is mostly classical, and its evaluations cannot be counted; by time and"
            f" money: {_spent(row)}{rival}."
        )
    return told


def _spent(row: Row) -> str:
    best = "nothing" if row["best"] is None else f"{row['best']:.6g}"
    return f"{best} by {label(row)} in {row['seconds']:.3g} s for {row['price']}"


def _list(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
