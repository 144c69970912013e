"""Learning curves: loss and accuracy over the steps, with intervals where they are known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qml.report import numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import figure, key
from qml.report.html.parts import section as block
from qml.report.markup import Markup, join, tag
from qml.report.svg.curve import Point, Series, curve_svg, finite, thinned


@dataclass(frozen=True, slots=True)
class _Line:
    """What is drawn of the metrics: key, name in the legend, CSS class."""

    key: str
    name: str
    role: str


_LOSSES = (
    _Line("loss", "training batches", "train"),
    _Line("validation_loss", "validation", "validation"),
)
_ACCURACIES = (
    _Line("accuracy", "training batches", "train"),
    _Line("validation_accuracy", "validation", "validation"),
)


def section(document: ReportDocument) -> Markup | None:
    """Return the learning curves, or None where no metrics were recorded."""
    rows = document.get("metrics") or []
    found = [_loss(rows), _accuracy(rows, document["outcome"])]
    plots = [plot for plot in found if plot is not None]
    return block("Learning curves", tag("div", plots, class_="pair")) if plots else None


def _loss(rows: Sequence[Mapping[str, Any]]) -> Markup | None:
    series = [_series(rows, line, None) for line in _LOSSES]
    return _plot("Loss", rows, [s for s in series if s.points], percent=False)


def _accuracy(
    rows: Sequence[Mapping[str, Any]], outcome: Mapping[str, Any] | None
) -> Markup | None:
    metrics = outcome["metrics"] if outcome else {}
    watched = metrics.get("validation_rows")
    lines = zip(_ACCURACIES, (None, watched), strict=True)
    series = [s for line, n in lines if (s := _series(rows, line, n)).points]
    if series and metrics.get("test_accuracy_ci"):
        series.append(_tested(series, metrics))
    return _plot("Accuracy", rows, series, percent=True)


def _series(rows: Sequence[Mapping[str, Any]], line: _Line, watched: int | None) -> Series:
    points = thinned(finite(_points(rows, line.key, watched)))
    return Series(name=line.name, points=points, role=line.role)


def _points(rows: Sequence[Mapping[str, Any]], key: str, watched: int | None) -> Iterator[Point]:
    for i, row in enumerate(rows):
        value = row.get(key)
        if value is not None:
            low, high = row.get(f"{key}_ci") or _interval(value, watched)
            yield Point(row.get("step", row.get("epoch", i + 1)), value, low, high)


def _interval(value: float, watched: int | None) -> tuple[float, float]:
    """Return the Wilson interval of a share of so many rows; no width where they are unknown."""
    if not watched:
        return value, value
    from qml.results.intervals import wilson

    low, high = wilson(round(value * watched), watched)
    return low, high


def _tested(series: Sequence[Series], metrics: Mapping[str, Any]) -> Series:
    """Return the final test accuracy and its interval, across the whole plot."""
    value, (low, high) = metrics["test_accuracy"], metrics["test_accuracy_ci"]
    steps = [p.x for s in series for p in s.points]
    ends = [Point(x, value, low, high) for x in (min(steps), max(steps))]
    return Series(name="test, at the end", points=ends, role="test")


def _plot(
    title: str, rows: Sequence[Mapping[str, Any]], series: Sequence[Series], *, percent: bool
) -> Markup | None:
    if not series:
        return None
    along = "step" if "step" in rows[0] else "epoch"
    drawn = curve_svg(series, title=f"{title} by {along}", x_label=along, percent=percent)
    legend = [key(s.role, f"{s.name} {_last(s, percent=percent)}") for s in series]
    return figure(join(tag("b", title), legend), drawn, _note(rows, series))


def _note(rows: Sequence[Mapping[str, Any]], series: Sequence[Series]) -> Markup | None:
    parts = []
    trained = next((s for s in series if s.role == "train" and s.banded), None)
    if trained:
        steps = sum("loss" in row for row in rows) / len(trained.points)
        parts.append(f"A training point is the mean of {steps:.0f} steps, its shade their range.")
    if any(s.role != "train" and s.banded for s in series):
        parts.append("Other shades are 95 % intervals.")
    return tag("p", " ".join(parts), class_="note") if parts else None


def _last(series: Series, *, percent: bool) -> str:
    value = series.points[-1].y
    return numbers.percent(value) if percent else numbers.decimal(value, 3)
