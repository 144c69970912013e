"""How the searches went: the best value after each trial, one line each."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import figure, key
from qml.report.html.parts import section as block
from qml.report.markup import Markup, join, tag
from qml.report.svg.curve import Point, Series, curve_svg, thinned

RANDOM = "random"


def section(document: ReportDocument) -> Markup | None:
    """Return the history, or None where no trial has a value."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    series = [s for s in map(_series, outcome["searches"]) if s.points]
    if not series:
        return None
    metric = outcome["study"]["metric"].replace("_", " ")
    drawn = curve_svg(series, title=f"Best {metric} by trial", x_label="trial")
    legend = [key(s.role, f"{s.name} {numbers.decimal(s.points[-1].y)}") for s in series]
    return block(
        "How the search went", figure(join(tag("b", f"Best {metric} so far"), legend), drawn)
    )


def _series(search: Mapping[str, Any]) -> Series:
    seen = [
        Point(i + 1, value, value, value)
        for i, value in enumerate(search["best_so_far"])
        if value is not None
    ]
    role = "validation" if search["sampler"] == RANDOM else "train"
    return Series(name=search["name"], points=thinned(seen), role=role)
