"""All columns in one table, and their mean ranks."""

from collections.abc import Mapping
from typing import Any

from qml.report import bench, numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.svg.critical import critical_svg

ROLES = {"quantum": "quantum", "twin": "test"}
"""CSS class of a column's role; rivals of any kind are `classical`."""


def section(document: ReportDocument) -> Markup | None:
    """Return the table of columns."""
    outcome = document["outcome"]
    if outcome is None or not outcome["columns"]:
        return None
    metric = outcome["suite"]["metric"]
    unit = f", {metric['unit']}" if metric["unit"] else ""
    heads = (
        "column",
        "role",
        f"{metric['title']}{unit}",
        "95 % interval",
        "over",
        "mean rank",
        "cells",
        "shown",
    )
    table = tag(
        "table",
        tag("thead", tag("tr", [tag("th", h, class_=_side(i)) for i, h in enumerate(heads)])),
        tag("tbody", [_row(outcome, row) for row in outcome["columns"]]),
    )
    note = f"{metric['better'].capitalize()} is better. Shown: what remains after the correction."
    return block("Columns", tag("div", table, class_="scroll"), note=note)


def ranks(document: ReportDocument) -> Markup | None:
    """Return the critical-difference diagram, where there are several data sets."""
    outcome = document["outcome"]
    if outcome is None or outcome["ranks"] is None:
        return None
    found = outcome["ranks"]
    roles = {row["name"]: role_class(row["role"]) for row in outcome["columns"]}
    drawn = critical_svg(
        found["mean"],
        found["groups"],
        found["critical"],
        roles,
        title="Mean ranks of the columns; bars join those that are not told apart",
    )
    left_out = found["left_out"]
    note = bench.rank_words(found)
    note += f" {left_out} data sets that some column lacks are left out." if left_out else ""
    return block("Mean ranks", drawn, note=note)


def role_class(role: str) -> str:
    """Return the CSS class of a column's role."""
    return ROLES.get(role, "classical")


def _row(outcome: Mapping[str, Any], row: Mapping[str, Any]) -> Markup:
    cells = f"{row['cells']:,}"
    cells += f" of {row['cells'] + row['missing']:,}" if row["missing"] else ""
    values = (
        bench.ROLES[row["role"]],
        numbers.decimal(row["mean"], 4),
        bench.bounds(row),
        row["over"] or "",
        "" if row["rank"] is None else f"{row['rank']:.2f}",
        cells,
        bench.standing(outcome, row),
    )
    return tag(
        "tr",
        tag("th", row["name"], scope="row"),
        [tag("td", value, class_=_side(i)) for i, value in enumerate(values, 1)],
        class_="quantum" if row["role"] == "quantum" else None,
    )


def _side(column: int) -> str | None:
    return "right" if column in {2, 3, 5, 6} else None
