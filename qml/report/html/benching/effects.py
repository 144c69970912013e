"""Each quantum column against each other, as a forest plot and a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from qml.report import bench, numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import key
from qml.report.html.parts import section as block
from qml.report.markup import Markup, join, tag
from qml.report.svg.forest import Effect, forest_svg

_CLASSES = {"better": "test", "worse": "classical"}
_HEADS = ("column", "against", "verdict", "apart", "95 % interval", "p", "p (Holm)", "biserial")
_MORE = ("wins", "losses", "would be seen")
MOST = 40


def section(document: ReportDocument) -> Markup | None:
    """Return what is said of the whole suite."""
    outcome = document["outcome"]
    found = bench.whole(outcome) if outcome else []
    if outcome is None or not found:
        return None
    metric = outcome["suite"]["metric"]
    tests = dict.fromkeys(f"{c['test']}, {c['units']:,} {c['unit']}" for c in found)
    note = (
        f"Ours minus theirs, or ours over theirs, in {metric['title']}; {metric['better']} is"
        " better. Intervals: 95 % each, not corrected; colours: what remains after the correction."
        " Would be seen: what would have been shown four times out of five."
        f" Tests: {'; '.join(tests)}."
    )
    legend = join(
        key("test", "better"), key("classical", "worse"), key("data", "no difference shown")
    )
    plots = [_plot(found, scale) for scale in ("difference", "ratio")]
    return block("Effects", tag("p", legend, class_="keys"), plots, _table(found), note=note)


def _plot(found: Sequence[Mapping[str, Any]], scale: str) -> Markup | None:
    effects = [_effect(c) for c in found if c["scale"] == scale][:MOST]
    if not effects:
        return None
    return forest_svg(
        effects,
        none=0.0 if scale == "difference" else 1.0,
        title=f"Effects as a {scale}, with 95 % intervals",
        x_label="ours \N{MINUS SIGN} theirs" if scale == "difference" else "ours / theirs",
    )


def _effect(row: Mapping[str, Any]) -> Effect:
    bounds = None if row["low"] is None else (row["low"], row["high"])
    role = _CLASSES.get(row["verdict"], "data")
    return Effect(
        f"{row['model']} against {row['rival']}", row["effect"], bounds, row["verdict"], role
    )


def _table(found: Sequence[Mapping[str, Any]]) -> Markup:
    heads = [tag("th", head, class_=_side(i)) for i, head in enumerate((*_HEADS, *_MORE))]
    body = tag("tbody", [_row(c) for c in found])
    return tag("div", tag("table", tag("thead", tag("tr", heads)), body), class_="scroll")


def _row(row: Mapping[str, Any]) -> Markup:
    cells = (
        row["rival"],
        row["verdict"],
        bench.effect(row),
        bench.bounds(row),
        _p(row["p_value"]),
        _p(row["p_adjusted"]),
        "" if row["biserial"] is None else numbers.decimal(row["biserial"], 2),
        f"{row['wins']:,}",
        f"{row['losses']:,}",
        numbers.decimal(row["detectable"], 2),
    )
    tags = [tag("td", c, class_=_side(i)) for i, c in enumerate(cells, 1)]
    return tag("tr", tag("th", row["model"], scope="row"), tags)


def _p(value: float) -> str:
    return numbers.p_value(value).removeprefix("p ").removeprefix("= ")


def _side(column: int) -> str | None:
    return "right" if column > 2 else None  # noqa: PLR2004 - words, then numbers
