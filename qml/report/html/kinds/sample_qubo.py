"""Solvers side by side on one problem: their objectives, and how fast they got there."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.html.convergence import EVALUATIONS, TIME, Line, stairs
from qml.report.html.document import ReportDocument
from qml.report.html.parts import number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.tables.sample.qubo import gap_words, known_line, problem_line, solver_words

_HEADS = (
    "solver",
    "best",
    "gap",
    "mean",
    "feasible",
    "evaluations",
    "evaluations to best",
    "time to best",
    "time",
    "price",
)
_NOTE = (
    "Best and mean are objectives, which are minimised, of assignments that keep all constraints."
    " Gap: above the optimum, where it was proven. An evaluation is an assignment whose objective"
    " becomes known: by a move, a read or a shot."
)
_DIGITS = 7


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was done, and where."""
    where = "this machine" if outcome["backend"] == "local" else outcome["backend"]
    return f"Optimisation, {problem_line(outcome['problem'])}, on {where}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the optimum, the best of each side, and what was billed."""
    known = known_line(outcome["problem"])
    if known:
        value = outcome["problem"]["optimum"] or outcome["problem"]["bound"]
        yield number("optimum", numbers.decimal(value, _DIGITS), known.partition(", ")[2], "test")
    for side in ("quantum", "classical"):
        rows = [r for r in outcome["solvers"] if _side(r) == side and r["best"] is not None]
        if rows:
            best = min(rows, key=lambda r: (r["best"], r["evaluations"]))
            note = (
                f"{words.label(best['solver'])}, {numbers.count(best['evaluations'])} evaluations"
            )
            yield number(f"best, {side}", numbers.decimal(best["best"], _DIGITS), note, side)
    cost = outcome["cost"]
    yield number("billed", f"{cost['billed']} {cost['currency']}", f"{cost['estimated']} estimated")


def solvers(document: ReportDocument) -> Markup | None:
    """Return the table of the solvers."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    head = tag("thead", tag("tr", [tag("th", text) for text in _HEADS]))
    rows = tag("tbody", [_row(row, outcome) for row in outcome["solvers"]])
    whole = tag("div", tag("table", head, rows), class_="scroll")
    return block("Solvers side by side", whole, note=f"Budget: {outcome['budget']}. {_NOTE}")


def convergence(document: ReportDocument) -> Markup | None:
    """Return the best objective of all solvers along their evaluations and their time."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    drawn = [row for row in outcome["solvers"] if len(outcome["traces"][row["solver"]]) > 1]
    if not drawn:
        return None
    lines = [
        Line(words.label(row["solver"]), _role(row), outcome["traces"][row["solver"]])
        for row in drawn
    ]
    figures = [stairs(lines, axis) for axis in (EVALUATIONS, TIME)]
    note = "The best objective so far; the horizontal axes are decimal logarithms."
    return block("Convergence", tag("div", figures, class_="pair"), note=note)


SECTIONS = (solvers, convergence)


def _row(row: Mapping[str, Any], outcome: Mapping[str, Any]) -> Markup:
    cells = (
        numbers.decimal(row["best"], _DIGITS) if row["best"] is not None else "none feasible",
        gap_words(row, outcome["problem"]),
        numbers.decimal(row["mean"], _DIGITS),
        numbers.percent(row["feasible"]),
        numbers.count(row["evaluations"]),
        numbers.count(row["evaluations_to_best"]),
        numbers.seconds(row["seconds_to_best"]),
        numbers.seconds(row["seconds"]),
        f"{row['price']} {outcome['cost']['currency']}",
    )
    name = tag("th", words.label(solver_words(row)), scope="row")
    return tag("tr", name, [tag("td", cell) for cell in cells], class_=_role(row))


def _side(row: Mapping[str, Any]) -> str:
    """Return `quantum` or `classical`; a mock or a hybrid solver is neither."""
    return "quantum" if row["quantum"] else str(row["kind"])


def _role(row: Mapping[str, Any]) -> str:
    return "quantum" if row["quantum"] else "classical"
