"""Convergence of several solvers in one frame: stairs along a logarithmic axis."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from qml.report.html.parts import figure
from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import Frame, Scale, axes, padded, picture

_FRAME = Frame()
_DASHES = ("none", "7 3", "2 3", "9 3 2 3", "1 2", "12 4", "4 2 1 2")
"""Lines of one side share a colour; dashes tell them apart."""


class Line(NamedTuple):
    """Improvements of one solver.

    Attributes:
        name: What the legend says.
        role: CSS class.
        trace: Evaluations, seconds and objective of each, in order; the last one is the end.
    """

    name: str
    role: str
    trace: Sequence[Sequence[float]]


class Axis(NamedTuple):
    """What stands along the horizontal axis.

    Attributes:
        column: Place in a trace.
        unit: Factor that makes the smallest of interest about 1.
        label: Under the axis.
    """

    column: int
    unit: float
    label: str


EVALUATIONS = Axis(0, 1.0, "log10 of evaluations")
TIME = Axis(1, 1e3, "log10 of milliseconds")


def stairs(lines: Sequence[Line], axis: Axis) -> Markup:
    """Draw the best objective of every solver.

    Args:
        lines: At least one, each with at least two points.
        axis: What stands along the horizontal axis.
    """
    places = [_place(point, axis) for line in lines for point in line.trace]
    x = Scale(0.0, max(1.0, *places), _FRAME.left, _FRAME.right)
    low, high = padded([point[2] for line in lines for point in line.trace])
    y = Scale(low, high, _FRAME.bottom, _FRAME.top)
    drawn = picture(
        _FRAME.width,
        _FRAME.height,
        f"Best objective by {axis.label}",
        axes(_FRAME, x, y, x_label=axis.label),
        join(
            _path(_steps(line, axis, x, y), line.role, number) for number, line in enumerate(lines)
        ),
        class_="plot",
    )
    legend = [_key(line, number) for number, line in enumerate(lines)]
    return figure(join(tag("b", "Best objective"), legend), drawn)


def _place(point: Sequence[float], axis: Axis) -> float:
    return math.log10(max(1.0, point[axis.column] * axis.unit))


def _steps(line: Line, axis: Axis, x: Scale, y: Scale) -> str:
    corners: list[str] = []
    height = line.trace[0][2]
    for point in line.trace:
        across = x(_place(point, axis))
        corners += [f"{across:.1f} {y(height):.1f}", f"{across:.1f} {y(point[2]):.1f}"]
        height = point[2]
    return "M" + "L".join(corners)


def _path(d: str, role: str, number: int) -> Markup:
    dash = _DASHES[number % len(_DASHES)]
    return tag("path", d=d, class_=f"line {role}", stroke_dasharray=dash)


def _key(line: Line, number: int) -> Markup:
    sample = tag(
        "svg",
        _path("M0 5L30 5", line.role, number),
        viewBox="0 0 30 10",
        width=30,
        height=10,
        aria_hidden="true",
    )
    return tag("span", sample, f" {line.name}", class_="key")
