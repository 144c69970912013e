"""Rows from a trained generative model, and how close they are to rows it never saw."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import generative, numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag

_HEADS = ("rows of", "rows", "distinct", "MMD\N{SUPERSCRIPT TWO}", "95 % interval")


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was done, and where."""
    kind = generative.label(outcome["model"]["kind"])
    return f"{kind} of run {outcome['model_run']} on {outcome['backend']}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the numbers that carry the verdict."""
    metrics = outcome["metrics"]
    yield number("rows", numbers.count(metrics["rows"]), outcome["file"])
    bounds = f"95 %: {generative.interval(metrics['mmd2_ci'])}"
    square = "MMD\N{SUPERSCRIPT TWO} to held-out rows"
    yield number(square, generative.small(metrics["mmd2"]), bounds, "quantum")
    cost = outcome["cost"]
    yield number("billed", f"{cost['billed']} {cost['currency']}", f"{cost['estimated']} estimated")


def beside(document: ReportDocument) -> Markup | None:
    """Return the table of the model and its rivals, or None where there is no result."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    rows = [_row(generative.label(outcome["model"]["kind"]), outcome["metrics"], "quantum")]
    rows += [
        _row(generative.label(r["name"]), r["metrics"], "classical") for r in outcome["rivals"]
    ]
    table = tag(
        "table",
        tag("thead", tag("tr", [tag("th", head) for head in _HEADS])),
        tag("tbody", rows),
        class_="models",
    )
    return block(
        "Beside as many rows of its rivals",
        tag("div", table, class_="scroll"),
        note="Unbiased estimates, so that a value can fall below zero; the classical rivals are"
        " those that were trained on the same rows.",
    )


SECTIONS = (beside,)


def _row(name: str, metrics: Mapping[str, Any], role: str) -> Markup:
    cells = (
        numbers.count(metrics["rows"]),
        numbers.count(metrics["distinct"]),
        generative.small(metrics["mmd2"]),
        generative.interval(metrics["mmd2_ci"]),
    )
    return tag(
        "tr",
        tag("th", name, scope="row"),
        [tag("td", cell, class_="right") for cell in cells],
        class_=role,
    )
