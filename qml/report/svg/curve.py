"""Curves over the steps of a training: a line each, with a band where one is known."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import Frame, Scale, axes, padded, picture

# More points than `_MOST` are drawn as the mean and the range of `STRETCHES` stretches.
_MOST = 200
STRETCHES = 100
_FRAME = Frame()


@dataclass(frozen=True, slots=True)
class Point:
    """One value with an optional interval.

    Attributes:
        x: Step.
        y: Value.
        low: Lower end of its interval; `y` where there is none.
        high: Upper end.
    """

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line.

    Attributes:
        name: What the legend says.
        points: In order of x.
        role: CSS class of line and band.
    """

    name: str
    points: Sequence[Point]
    role: str

    @property
    def banded(self) -> bool:
        """Whether any point has an interval."""
        return any(p.low < p.high for p in self.points)


def curve_svg(
    series: Sequence[Series], *, title: str, x_label: str, percent: bool = False
) -> Markup:
    """Draw lines in one frame.

    Args:
        series: At least one, each with at least one point; values finite.
        title: What a screen reader says.
        x_label: Under the axis.
        percent: Values are shares of 1 and are labelled in percent.
    """
    points = [p for s in series for p in s.points]
    x_low, x_high = min(p.x for p in points), max(p.x for p in points)
    x = Scale(min(x_low, 0.0), max(x_high, 1.0), _FRAME.left, _FRAME.right)
    low, high = padded([*(p.low for p in points), *(p.high for p in points)])
    if percent:
        low, high = max(low, 0.0), min(high, 1.0)
    y = Scale(low, high if high > low else low + 1.0, _FRAME.bottom, _FRAME.top)
    return picture(
        _FRAME.width,
        _FRAME.height,
        title,
        axes(_FRAME, x, y, x_label=x_label, percent=percent),
        join(_band(s.points, x, y, s.role) for s in series if s.banded),
        join(_line(s.points, x, y, s.role) for s in series),
        class_="plot",
    )


def thinned(points: Sequence[Point]) -> list[Point]:
    """Replace many points by the mean of each stretch, with its range as the interval."""
    if len(points) <= _MOST:
        return list(points)
    edges = [round(i * len(points) / STRETCHES) for i in range(STRETCHES + 1)]
    return [_merged(points[a:b]) for a, b in itertools.pairwise(edges)]


def finite(points: Iterable[Point]) -> list[Point]:
    """Drop points whose value is not a number."""
    return [p for p in points if math.isfinite(p.y)]


def _merged(points: Sequence[Point]) -> Point:
    mean = sum(p.y for p in points) / len(points)
    return Point(points[-1].x, mean, min(p.low for p in points), max(p.high for p in points))


def _line(points: Sequence[Point], x: Scale, y: Scale, role: str) -> Markup:
    if len(points) == 1:
        return tag("circle", cx=x(points[0].x), cy=y(points[0].y), r=3.5, class_=f"dot {role}")
    path = "L".join(f"{x(p.x):.1f} {y(p.y):.1f}" for p in points)
    return tag("path", d=f"M{path}", class_=f"line {role}")


def _band(points: Sequence[Point], x: Scale, y: Scale, role: str) -> Markup:
    upper = [f"{x(p.x):.1f} {y(p.high):.1f}" for p in points]
    lower = [f"{x(p.x):.1f} {y(p.low):.1f}" for p in reversed(points)]
    return tag("path", d=f"M{'L'.join(upper + lower)}Z", class_=f"band {role}")
