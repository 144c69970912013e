"""Points in the plane, some of them marked and numbered."""

from collections.abc import Sequence
from typing import NamedTuple

from qml.report.markup import Markup, tag
from qml.report.svg.axes import Scale, padded, picture

_WIDTH, _HEIGHT, _EDGE = 440.0, 320.0, 14.0
_LETTERS = 90


class Dot(NamedTuple):
    """One point.

    Attributes:
        x: Place across.
        y: Place upwards.
        words: What is told of it under the pointer.
        number: Its number where it is marked, else None.
    """

    x: float
    y: float
    words: str
    number: int | None = None


def plane_svg(title: str, dots: Sequence[Dot]) -> Markup:
    """Draw points, the marked ones above the others.

    Args:
        title: What the picture shows.
        dots: Points, at least one.
    """
    across = Scale(*padded((dot.x for dot in dots), 0.06), _EDGE, _WIDTH - _EDGE)
    upwards = Scale(*padded((dot.y for dot in dots), 0.06), _HEIGHT - _EDGE, _EDGE)
    ordered = sorted(dots, key=lambda dot: dot.number is not None)
    return picture(
        _WIDTH,
        _HEIGHT,
        title,
        tag("rect", width=_WIDTH, height=_HEIGHT, rx=6, class_="grid", fill="none"),
        *(_dot(dot, across(dot.x), upwards(dot.y)) for dot in ordered),
        class_="plot",
    )


def _dot(dot: Dot, x: float, y: float) -> Markup:
    words = dot.words if len(dot.words) <= _LETTERS else f"{dot.words[: _LETTERS - 1]}…"
    if dot.number is None:
        shape = tag("circle", cx=x, cy=y, r=4.0, class_="whisker classical", fill="none")
        return tag("g", tag("title", words), shape)
    return tag(
        "g",
        tag("title", words),
        tag("circle", cx=x, cy=y, r=9.0, class_="dot quantum"),
        tag("text", str(dot.number), x=x, y=y + 4, class_="cell dark", text_anchor="middle"),
    )
