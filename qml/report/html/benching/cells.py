"""Data by model as shades, published numbers, and every cell with its run."""

from collections.abc import Mapping
from statistics import mean
from typing import Any

from qml.report import bench, numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.svg.heatmap import heatmap_svg

MOST_ROWS = 400
MOST_COLUMNS = 16


def heat(document: ReportDocument) -> Markup | None:
    """Return data sets by columns as shades, where there are several of both."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    values = _values(outcome)
    rows, columns = (list(dict.fromkeys(pair[i] for pair in values)) for i in (0, 1))
    full = max(values.values(), default=0.0)
    few = len(rows) < 2 or len(columns) < 2 or len(columns) > MOST_COLUMNS  # noqa: PLR2004 - a table
    if few or full <= 0 or min(values.values()) < 0:
        return None
    metric = outcome["suite"]["metric"]
    drawn = heatmap_svg(
        rows,
        [str(i) for i in range(1, len(columns) + 1)],
        {(d, str(columns.index(c) + 1)): v for (d, c), v in values.items()},
        title=f"{metric['title']} by data and column",
        x_label="column",
        full=full,
    )
    names = ", ".join(f"{i} {name}" for i, name in enumerate(columns, 1))
    note = f"{metric['title']}, mean over seeds; {metric['better']} is better. Columns: {names}."
    return block("Data by column", drawn, note=note, class_="narrow")


def published(document: ReportDocument) -> Markup | None:
    """Return the published numbers that did not come out, and how many did."""
    outcome = document["outcome"]
    if outcome is None or not outcome["expected"]:
        return None
    wrong = bench.disagreeing(outcome)
    heads = ("cell", "metric", "published", "ours")
    rows = [
        tag(
            "tr",
            tag("th", "/".join(map(str, row["place"][1:])), scope="row"),
            tag("td", row["metric"]),
            tag("td", numbers.decimal(row["published"], 5)),
            tag("td", numbers.decimal(row["ours"], 5)),
        )
        for row in wrong
    ]
    table = tag("table", tag("thead", tag("tr", [tag("th", h) for h in heads])), tag("tbody", rows))
    return block("Published numbers", table if rows else None, note=f"{bench.agreement(outcome)}.")


def cells(document: ReportDocument) -> Markup | None:
    """Return all cells as a table that can be opened; runs lie beside this run's folder."""
    outcome = document["outcome"]
    if outcome is None or not outcome["cells"]:
        return None
    shown = outcome["cells"][:MOST_ROWS]
    heads = ("column", "data", "backend", "seed", "state", outcome["suite"]["metric"]["title"])
    head = tag("tr", [tag("th", h) for h in (*heads, "time", "run", "why")])
    body = [_row(cell, outcome["suite"]["metric"]["key"]) for cell in shown]
    table = tag("table", tag("thead", head), tag("tbody", body))
    left_out = len(outcome["cells"]) - len(shown)
    return tag(
        "section",
        tag("details", tag("summary", tag("h2", "All cells")), tag("div", table, class_="scroll")),
        tag("p", f"{left_out:,} more are in outcome.json.", class_="note") if left_out else None,
    )


def _row(cell: Mapping[str, Any], key: str) -> Markup:
    value = cell["metrics"].get(key)
    found = (
        cell["data"],
        cell["backend"],
        str(cell["seed"]),
        cell["state"],
        numbers.decimal(value, 4) if value is not None else "",
        numbers.seconds(cell["seconds"]) if cell["seconds"] else "",
        tag("code", cell["run_id"] or ""),
        cell["why"],
    )
    return tag("tr", tag("th", cell["model"], scope="row"), [tag("td", text) for text in found])


def _values(outcome: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """Return the metric's mean over seeds by data and column."""
    key = outcome["suite"]["metric"]["key"]
    several = {row["name"] for row in outcome["columns"] if row["name"] != row["model"]}
    found: dict[tuple[str, str], list[float]] = {}
    for cell in outcome["cells"]:
        name = f"{cell['model']} on {cell['backend']}"
        place = cell["data"], name if name in several else cell["model"]
        if cell["state"] in {"ran", "cached"} and cell["metrics"].get(key) is not None:
            found.setdefault(place, []).append(float(cell["metrics"][key]))
    return {place: mean(values) for place, values in found.items()}
