"""`qml sample qubo`: one row per solver, and what is proven."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.tables.layout import Adaptive, Field, heading, pairs, table

_FIELDS = (
    Field(title="solver"),
    Field(title="best", align="right"),
    Field(title="gap", align="right", yields=1),
    Field(title="mean", align="right", yields=5),
    Field(title="feasible", align="right", yields=2),
    Field(title="time to best", align="right", yields=4),
    Field(title="time", align="right", yields=6),
    Field(title="evaluations", align="right", yields=3),
    Field(title="price", align="right", yields=7),
)
_DIGITS = 7


def qubo_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.sample-qubo/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    yield heading("sample qubo", problem_line(document["problem"]))
    yield ""
    yield table(_FIELDS, [_row(row, document) for row in document["solvers"]], width)
    yield ""
    yield Text(document["verdict"], style="bold")
    yield ""
    yield pairs(
        (
            ("budget", f"{document['budget']} for each solver"),
            ("optimum", known_line(document["problem"])),
            ("assignments", f"{document['run_dir']}/{document['assignments']}"),
            ("stopped", "on request; this is what was found by then" if _cut(document) else ""),
            ("cost", words.cost(document["cost"])),
        )
    )


def problem_line(problem: Mapping[str, Any]) -> str:
    """Describe a problem: `24 variables, 276 couplings, 1 group`."""
    parts = [
        words.plural(problem["variables"], "variable"),
        words.plural(problem["couplings"], "coupling"),
    ]
    parts += [
        words.plural(problem[k], k.removesuffix("s")) for k in ("groups", "limits") if problem[k]
    ]
    return ", ".join(parts)


def known_line(problem: Mapping[str, Any]) -> str:
    """Say what is known of the optimum."""
    if problem["optimum"] is not None:
        return f"{numbers.decimal(problem['optimum'], 10)}, proven"
    if problem["bound"] is not None:
        return f"not below {numbers.decimal(problem['bound'], 10)}"
    return ""


def gap_words(row: Mapping[str, Any], problem: Mapping[str, Any]) -> str:
    """Say how far a solver is above the optimum, in percent of it where it is not zero."""
    if row["gap"] is None:
        return numbers.MISSING
    if row["gap"] == 0:
        return "0"
    scale = abs(problem["optimum"])
    return numbers.percent(row["gap"] / scale, 2) if scale else numbers.decimal(row["gap"], 3)


def solver_words(row: Mapping[str, Any]) -> str:
    """Name a solver, and what it is where that is not classical."""
    kind = {"classical": "", "circuits": " (quantum)"}.get(row["kind"], f" ({row['kind']})")
    return f"{row['solver']}{kind}"


def _row(row: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    return [
        solver_words(row),
        numbers.decimal(row["best"], _DIGITS) if row["best"] is not None else "none feasible",
        gap_words(row, document["problem"]),
        numbers.decimal(row["mean"], _DIGITS),
        numbers.percent(row["feasible"]),
        numbers.seconds(row["seconds_to_best"]),
        numbers.seconds(row["seconds"]),
        numbers.count(row["evaluations"]),
        f"{row['price']} {document['cost']['currency']}",
    ]


def _cut(document: Mapping[str, Any]) -> bool:
    return bool(document["interrupted"])
