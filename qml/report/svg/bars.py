"""Groups of bars: the same few quantities for each of several things."""

from collections.abc import Mapping, Sequence

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import Frame, Scale, picture, ticks

_FRAME = Frame(width=900.0, height=300.0, right=888.0, bottom=200.0)


def bars_svg(labels: Sequence[str], series: Mapping[str, Sequence[float]], *, title: str) -> Markup:
    """Draw grouped bars.

    Args:
        labels: What each group is, written upright beneath it.
        series: By CSS class, one value of at least 0 for each group.
        title: What a screen reader says.
    """
    top = max((v for values in series.values() for v in values), default=0.0) or 1.0
    y = Scale(0.0, 1.05 * top, _FRAME.bottom, _FRAME.top)
    room = (_FRAME.right - _FRAME.left) / max(1, len(labels))
    wide = 0.8 * room / max(1, len(series))
    return picture(
        _FRAME.width,
        _FRAME.height,
        title,
        join(_grid(value, y) for value in ticks(0.0, 1.05 * top)),
        join(
            _bar(_FRAME.left + i * room + 0.1 * room + place * wide, wide, y, value, role)
            for place, (role, values) in enumerate(series.items())
            for i, value in enumerate(values)
        ),
        join(_label(text, _FRAME.left + (i + 0.5) * room) for i, text in enumerate(labels)),
        class_="plot",
    )


def _grid(value: float, y: Scale) -> Markup:
    return join(
        tag("line", x1=_FRAME.left, x2=_FRAME.right, y1=y(value), y2=y(value), class_="grid"),
        tag(
            "text",
            f"{value:g}",
            x=_FRAME.left - 7,
            y=y(value) + 4,
            class_="tick",
            text_anchor="end",
        ),
    )


def _bar(x: float, width: float, y: Scale, value: float, role: str) -> Markup:
    return tag(
        "rect",
        x=f"{x:.1f}",
        y=f"{y(value):.1f}",
        width=f"{width:.1f}",
        height=f"{_FRAME.bottom - y(value):.1f}",
        class_=f"dot {role}",
    )


def _label(text: str, x: float) -> Markup:
    y = _FRAME.bottom + 8
    return tag(
        "text",
        text,
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        class_="tick",
        text_anchor="end",
        transform=f"rotate(-60 {x:.1f} {y:.1f})",
    )
