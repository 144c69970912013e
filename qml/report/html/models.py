"""The quantum model beside its classical rivals, with intervals drawn on one scale."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, glued
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.svg.axes import Scale
from qml.report.svg.interval import common_scale, interval_svg
from qml.report.tables.train import mitigation_row

_HEADS = (
    ("model", ""),
    ("test accuracy", "right"),
    ("", ""),
    ("95 % interval", "right"),
    ("train", "right"),
    ("parameters", "right"),
    ("time", "right"),
    ("quantum against it", ""),
)


def section(document: ReportDocument) -> Markup | None:
    """Return the table of models, or None where there is no result."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    skipped = [b for b in outcome["baselines"] if b.get("skipped")]
    return block(
        "Beside classical models",
        tag("div", _table(outcome), class_="scroll"),
        facts(rows) if (rows := mitigation_row(outcome["metrics"])) else None,
        [
            tag("p", f"{words.label(b['name'])} was not trained: {b['skipped']}.", class_="note")
            for b in skipped
        ],
        note=f"All models saw the same rows. {words.TEST_NOTE}",
    )


def _table(outcome: Mapping[str, Any]) -> Markup:
    model = outcome["model"]
    rows = [(f"{model['kind']} (quantum)", model, outcome["metrics"], None, "quantum")]
    rows += [
        (words.label(b["name"]), b, b["metrics"], b["comparison"], "classical")
        for b in outcome["baselines"]
        if b["metrics"]
    ]
    bounds = [row[2].get("test_accuracy_ci") for row in rows]
    scale = common_scale([b for b in bounds if b]) if any(bounds) else None
    return tag(
        "table",
        tag("thead", tag("tr", [tag("th", text, class_=place or None) for text, place in _HEADS])),
        tag("tbody", [_row(*row, scale) for row in rows]),
        class_="models",
    )


def _row(
    name: str,
    sizes: Mapping[str, Any],
    metrics: Mapping[str, Any],
    compared: Mapping[str, Any] | None,
    role: str,
    scale: Scale | None,
) -> Markup:
    value, bounds = metrics.get("test_accuracy"), metrics.get("test_accuracy_ci")
    drawn = interval_svg(value, bounds, scale, role) if scale and bounds and value else None
    return tag(
        "tr",
        tag("th", name, scope="row"),
        tag("td", numbers.percent(value), class_="right strong"),
        tag("td", drawn, class_="drawn"),
        tag("td", numbers.interval(bounds), class_="right"),
        _cell("train", numbers.percent(metrics.get("train_accuracy"))),
        _cell("parameters", numbers.count(sizes["parameters"])),
        _cell("time", numbers.seconds(metrics.get("train_seconds"))),
        tag("td", glued(words.comparison(compared)), class_=f"said {words.standing(compared)}"),
        class_=role,
    )


def _cell(label: str, text: str) -> Markup:
    """Return a cell that carries its own label where the table has no head, on a phone."""
    return tag("td", text, class_="right labelled", data_label=label)
