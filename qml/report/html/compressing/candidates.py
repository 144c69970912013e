"""All candidates in one table."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.compression import (
    against,
    final_name,
    name_of,
    objective_words,
    size_words,
    speed_words,
)
from qml.report.html.document import ReportDocument
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag

_HEADS = (
    "method",
    "by",
    "bits",
    "with scales",
    "file, MB",
    "KL",
    "95 %",
    "choice against it",
    "perplexity",
    "95 %",
    "agreement",
    "per second",
    "objective",
    "gap",
    "search",
    "evaluations",
    "price",
)


def section(document: ReportDocument) -> Markup | None:
    """Return the table of the teacher, all candidates and the file."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    heads = [tag("th", text, class_=_side(i)) for i, text in enumerate(_heads(outcome))]
    head = tag("thead", tag("tr", heads))
    rows = tag("tbody", [_row(row, outcome) for row in outcome["rows"]])
    whole = tag("div", tag("table", head, rows), class_="scroll")
    return block("Candidates side by side", whole, note=_note(outcome))


def _heads(outcome: Mapping[str, Any]) -> list[str]:
    speed = f"{outcome['held_out']['noun']}s/s"
    return [speed if head == "per second" else head for head in _HEADS]


def _note(outcome: Mapping[str, Any]) -> str:
    held = outcome["held_out"]
    judged_on = words.plural(held["outputs"], f"held-out {held['noun']}")
    return (
        f"KL: divergence from the teacher on {judged_on}, in nats for each {held['noun']}."
        f" Intervals: 95 %, paired bootstrap of {held['drawn']}. Choice against it: the KL of the"
        " last choice, below (\N{MINUS SIGN}) or above (+) that of the line. Bits: codes of the"
        " weight matrices; a tilde marks a file that was not written. Gap: of the objective on"
        " calibration data to its proven bound."
    )


def _row(row: Mapping[str, Any], outcome: Mapping[str, Any]) -> Markup:
    final = name_of(row) == final_name(outcome)
    cells = (
        row["label"] if row["same_as"] is None else f"{row['label']} (is {row['same_as']})",
        numbers.decimal(row["payload_bpw"], 3),
        numbers.decimal(row["unit_bits"], 3),
        size_words(row),
        numbers.decimal(row["kl"], 3),
        _bounds(row["kl_ci"], 3),
        against(outcome, row),
        numbers.decimal(row["perplexity"], 4),
        _bounds(row["perplexity_ci"], 3),
        numbers.percent(row["agreement"]),
        speed_words(row),
        numbers.decimal(row["objective"], 4) if row["objective"] is not None else "",
        objective_words(row),
        numbers.seconds(row["seconds"]) if row["seconds"] else "",
        numbers.count(row["evaluations"]) if row["evaluations"] is not None else "",
        row["price"],
    )
    name = tag("th", row["method"], scope="row")
    found = [tag("td", cell, class_=_side(i) or "strong") for i, cell in enumerate(cells, 1)]
    return tag("tr", name, found, class_="quantum" if final else None)


def _side(column: int) -> str | None:
    """Return the class of a column: words stand to the left, numbers to the right."""
    return "right" if column > 1 else None


def _bounds(bounds: list[float] | None, digits: int) -> str:
    return "" if bounds is None else " to ".join(numbers.decimal(b, digits) for b in bounds)
