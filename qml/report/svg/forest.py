"""A forest plot: effects with their intervals beside the line of no effect."""

from collections.abc import Sequence
from typing import NamedTuple

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import Scale, padded, picture, ticks

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 900.0, 300.0, 740.0, 30.0, 26.0
_MOST_LETTERS = 40


class Effect(NamedTuple):
    """One comparison.

    Attributes:
        name: To the left.
        value: The effect.
        bounds: Its interval, or None.
        said: To the right, e.g. the verdict.
        role: CSS class: `test` where it is to the good, `classical` to the bad, `data` else.
    """

    name: str
    value: float
    bounds: tuple[float, float] | None
    said: str
    role: str


def forest_svg(effects: Sequence[Effect], *, none: float, title: str, x_label: str) -> Markup:
    """Draw effects on one scale.

    Args:
        effects: At least one, from the top.
        none: The value of no effect: 0, or 1 of a ratio.
        title: What a screen reader says.
        x_label: Above the plot.
    """
    values = [none, *(v for e in effects for v in (e.value, *(e.bounds or ())))]
    x = Scale(*padded(values), _LEFT, _RIGHT)
    bottom = _TOP + _ROW * len(effects)
    return picture(
        _WIDTH,
        bottom + 26,
        title,
        tag("text", x_label, x=_LEFT, y=14, class_="axis"),
        join(_tick(value, x, bottom) for value in ticks(x.low, x.high)),
        tag("line", x1=x(none), x2=x(none), y1=_TOP - 4, y2=bottom, class_="line data"),
        join(_row(effect, x, _TOP + _ROW * (i + 0.5)) for i, effect in enumerate(effects)),
        class_="plot",
    )


def _tick(value: float, x: Scale, bottom: float) -> Markup:
    at = x(value)
    text = f"{value:g}".replace("-", "\N{MINUS SIGN}")
    return join(
        tag("line", x1=at, x2=at, y1=_TOP - 4, y2=bottom, class_="grid"),
        tag("text", text, x=at, y=bottom + 18, class_="tick", text_anchor="middle"),
    )


def _row(effect: Effect, x: Scale, y: float) -> Markup:
    name = effect.name
    short = name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"
    whisker = None
    if effect.bounds is not None:
        low, high = effect.bounds
        whisker = tag("line", x1=x(low), x2=x(high), y1=y, y2=y, class_=f"whisker {effect.role}")
    return tag(
        "g",
        tag("title", f"{name}: {effect.value:.4g}"),
        tag("text", short, x=_LEFT - 12, y=y + 4, class_="cell", text_anchor="end"),
        whisker,
        tag("circle", cx=x(effect.value), cy=y, r=4.5, class_=f"dot {effect.role}"),
        tag("text", effect.said, x=_RIGHT + 12, y=y + 4, class_="tick"),
    )
