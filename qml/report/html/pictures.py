"""The pictures of the page: learning curves, confusion matrix, circuit."""

from collections.abc import Mapping, Sequence
from typing import Any

from qml.report import numbers, words
from qml.report.html.document import ReportDocument
from qml.report.html.parts import figure, key, section
from qml.report.markup import Markup, join, tag
from qml.report.svg import circuit as diagram
from qml.report.svg.confusion import confusion_svg
from qml.report.svg.curve import STRETCHES, Point, Series, curve_svg, finite, thinned

_LOSSES = (
    ("loss", "training", "train"),
    ("validation_loss", "validation", "validation"),
)
_ACCURACIES = (
    ("accuracy", "training", "train"),
    ("train_accuracy", "training", "train"),
    ("validation_accuracy", "validation", "validation"),
)
_ROLES = {
    "input": "angle from the data",
    "weight": "trained angle",
    "both": "angle from data and weights",
    "fixed": "fixed",
}


def curves(document: ReportDocument) -> Markup | None:
    """Return the learning curves, or None where no metrics were recorded."""
    rows = document.get("metrics") or []
    plots = [
        plot
        for title, keys, percent in (("Loss", _LOSSES, False), ("Accuracy", _ACCURACIES, True))
        if (plot := _plot(title, rows, keys, percent=percent)) is not None
    ]
    return section("Learning curves", tag("div", plots, class_="pair")) if plots else None


def confusion(document: ReportDocument) -> Markup | None:
    """Return the confusion matrix, or None where there is none."""
    found = document.get("confusion")
    if not found:
        return None
    rows = sum(map(sum, found["matrix"]))
    right = sum(row[i] for i, row in enumerate(found["matrix"]))
    return section(
        "Confusion matrix",
        confusion_svg(list(map(str, found["classes"])), found["matrix"]),
        note=f"{right:,} of {rows:,} test rows are on the diagonal. Shades are shares of a row.",
        class_="narrow",
    )


def circuit(document: ReportDocument) -> Markup | None:
    """Return the circuit of one sample, or None where there is none."""
    found = document.get("circuit")
    if not found:
        return None
    wires, gates = found["wires"], found["gates"]
    more, left_out = diagram.hidden(wires, gates)
    note = f"{words.plural(wires, 'qubit')}, {words.plural(len(gates), 'gate')} for each sample."
    if more:
        note += f" The last {words.plural(more, 'gate')} ({left_out} columns) are not drawn."
    used = {gate.get("role", "fixed") for gate in gates if gate["params"]}
    keys = [key(f"gate {role}", text) for role, text in _ROLES.items() if role in used]
    return section(
        "Circuit",
        tag("p", join(*keys), class_="keys") if len(keys) > 1 else None,
        tag("div", diagram.circuit_svg(wires, gates), class_="scroll drawing", tabindex="0"),
        note=note,
    )


def _plot(
    title: str,
    rows: Sequence[Mapping[str, Any]],
    keys: Sequence[tuple[str, str, str]],
    *,
    percent: bool,
) -> Markup | None:
    read = [(_points(rows, key), name, role) for key, name, role in keys]
    series = [Series(name=n, points=thinned(p), role=r) for p, n, r in read if p]
    if not series:
        return None
    along = "step" if "step" in rows[0] else "epoch"
    drawn = curve_svg(
        series, title=f"{title} by {along}", x_label=along, y_label="", percent=percent
    )
    longest = max(len(points) for points, _, _ in read)
    caption = join(
        tag("b", title), *(key(s.role, f"{s.name} {_last(s, percent=percent)}") for s in series)
    )
    return figure(caption, drawn, _band_note(series, longest))


def _band_note(series: Sequence[Series], longest: int) -> Markup | None:
    if not any(s.banded for s in series):
        return None
    if longest > STRETCHES:
        text = f"Lines are means of {longest / STRETCHES:.0f} steps, shades their range."
    else:
        text = "Shades are 95 % intervals."
    return tag("p", text, class_="note")


def _points(rows: Sequence[Mapping[str, Any]], key: str) -> list[Point]:
    points = []
    for i, row in enumerate(rows):
        value = row.get(key)
        if value is not None:
            low, high = row.get(f"{key}_ci") or (value, value)
            points.append(Point(row.get("step", row.get("epoch", i + 1)), value, low, high))
    return finite(points)


def _last(series: Series, *, percent: bool) -> str:
    value = series.points[-1].y
    return numbers.percent(value) if percent else numbers.decimal(value, 3)
