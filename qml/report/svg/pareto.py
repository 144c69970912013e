"""Size against divergence: the nearer to the lower left corner, the better."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import Frame, Scale, padded, picture, ticks

_FRAME = Frame(width=900.0, height=420.0, left=64.0, right=690.0, bottom=368.0)
_APART = 15.0
_STEPS = (1, 2, 5)
_LETTERS = 30
_ROOM = 1.15


class Spot(NamedTuple):
    """One candidate.

    Attributes:
        name: Beside its dot.
        size: Across, above 0.
        loss: Upwards, above 0; drawn on a decimal logarithm.
        bounds: Its interval, or None.
        role: CSS class: `quantum` for what was chosen, `classical` for rivals, `test` for files.
    """

    name: str
    size: float
    loss: float
    bounds: tuple[float, float] | None
    role: str


def pareto_svg(spots: Sequence[Spot], *, title: str, x_label: str, y_label: str) -> Markup:
    """Draw candidates with their intervals, and the line that no other one is below and left of.

    Args:
        spots: At least one.
        title: What a screen reader says.
        x_label: Under the axis.
        y_label: Above the axis.
    """
    values = [v for s in spots for v in (s.loss, *(s.bounds or ())) if v > 0]
    low, high = math.log10(min(values) / _ROOM), math.log10(max(values) * _ROOM)
    x = Scale(*padded((s.size for s in spots), 0.08), _FRAME.left, _FRAME.right - 30)
    y = Scale(low, high, _FRAME.bottom, _FRAME.top + 16)
    ordered = sorted(spots, key=lambda s: s.role == "quantum")
    return picture(
        _FRAME.width,
        _FRAME.height,
        title,
        _axes(x, y, x_label, y_label),
        _front([spot for spot in spots if spot.role != "test"], x, y),
        join(_dot(spot, x(spot.size), y) for spot in ordered),
        _names(spots, x, y),
        class_="plot",
    )


def front(spots: Sequence[Spot]) -> list[Spot]:
    """Return the candidates that none beats in both size and divergence, by rising size."""
    found: list[Spot] = []
    for spot in sorted(spots, key=lambda s: (s.size, s.loss)):
        if not found or spot.loss < found[-1].loss:
            found.append(spot)
    return found


def log_ticks(low: float, high: float) -> list[float]:
    """Return round values between two powers of ten: 1, 2 and 5 times a power."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    found = [step * 10.0**power for power in powers for step in _STEPS]
    return [value for value in found if low <= math.log10(value) <= high]


def _axes(x: Scale, y: Scale, x_label: str, y_label: str) -> Markup:
    middle, base = (_FRAME.left + _FRAME.right) / 2, _FRAME.bottom + 20
    along = {"class_": "tick", "text_anchor": "middle"}
    return join(
        [_level(y(math.log10(value)), f"{value:g}") for value in log_ticks(y.low, y.high)],
        [tag("text", f"{v:g}", x=x(v), y=base, **along) for v in ticks(x.low, x.high)],
        tag("text", x_label, x=middle, y=_FRAME.height - 8, class_="axis", text_anchor="middle"),
        tag("text", y_label, x=8, y=_FRAME.top, class_="axis"),
    )


def _level(y: float, label: str) -> Markup:
    return join(
        tag("line", x1=_FRAME.left, x2=_FRAME.right, y1=y, y2=y, class_="grid"),
        tag("text", label, x=_FRAME.left - 7, y=y + 4, class_="tick", text_anchor="end"),
    )


def _front(spots: Sequence[Spot], x: Scale, y: Scale) -> Markup:
    places = [(x(s.size), y(math.log10(s.loss))) for s in front(spots)]
    if len(places) < 2:  # noqa: PLR2004 - a line has two ends
        return join([])
    steps = [f"M{places[0][0]:.1f} {places[0][1]:.1f}"]
    steps += [f"H{across:.1f}V{up:.1f}" for across, up in places[1:]]
    return tag("path", d="".join(steps), class_="line grid", fill="none")


def _dot(spot: Spot, x: float, y: Scale) -> Markup:
    whisker = None
    if spot.bounds is not None and min(spot.bounds) > 0:
        low, high = (y(math.log10(bound)) for bound in spot.bounds)
        whisker = tag("line", x1=x, x2=x, y1=low, y2=high, class_=f"whisker {spot.role}")
    words = f"{spot.name}: {spot.size:.4g}, {spot.loss:.4g}"
    radius = 6.0 if spot.role == "quantum" else 4.5
    place = y(math.log10(spot.loss))
    circle = tag("circle", cx=x, cy=place, r=radius, class_=f"dot {spot.role}")
    return tag("g", tag("title", words), whisker, circle)


def _names(spots: Sequence[Spot], x: Scale, y: Scale) -> Markup:
    """Write the names in a column at the right, near the heights of their dots."""
    ordered = sorted(spots, key=lambda s: -s.loss)
    wanted = [y(math.log10(s.loss)) for s in ordered]
    heights = spread(wanted, _APART, _FRAME.top + 8, _FRAME.bottom)
    found = []
    for spot, start, height in zip(ordered, wanted, heights, strict=True):
        name = spot.name if len(spot.name) <= _LETTERS else f"{spot.name[: _LETTERS - 1]}…"
        edge = _FRAME.right + 14
        points = f"M{x(spot.size) + 8:.1f} {start:.1f}L{edge - 10:.1f} {height:.1f}H{edge - 3:.1f}"
        found.append(tag("path", d=points, class_="grid", fill="none"))
        style = "cell" if spot.role == "quantum" else "tick"
        found.append(tag("text", name, x=edge, y=height + 4, class_=style))
    return join(found)


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Move rising heights apart, and back between two edges where they fit.

    Args:
        wanted: Heights in rising order.
        apart: Least distance.
        low: Upper edge.
        high: Lower edge.
    """
    found: list[float] = []
    for height in wanted:
        found.append(max(height, found[-1] + apart) if found else max(height, low))
    if found and found[-1] > high:
        found[-1] = high
        for i in range(len(found) - 2, -1, -1):
            found[i] = min(found[i], found[i + 1] - apart)
    return found
