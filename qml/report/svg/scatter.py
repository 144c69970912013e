"""Points of two quantities against each other, with the line where both are equal."""

from collections.abc import Mapping, Sequence

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import Frame, Scale, axes, padded, picture

_FRAME = Frame(width=440.0, height=300.0, bottom=258.0)


def scatter_svg(
    truth: Sequence[float], series: Mapping[str, Sequence[float]], *, title: str, x_label: str
) -> Markup:
    """Draw what models say against what is true.

    Args:
        truth: Values along the axis.
        series: By CSS class, values of the same length.
        title: What a screen reader says.
        x_label: Under the axis.
    """
    low, high = padded([*truth, *(v for values in series.values() for v in values)])
    x = Scale(low, high, _FRAME.left, _FRAME.right)
    y = Scale(low, high, _FRAME.bottom, _FRAME.top)
    return picture(
        _FRAME.width,
        _FRAME.height,
        title,
        axes(_FRAME, x, y, x_label=x_label),
        tag("line", x1=x(low), y1=y(low), x2=x(high), y2=y(high), class_="grid"),
        join(_dots(truth, values, role, x, y) for role, values in series.items()),
        class_="plot",
    )


def _dots(truth: Sequence[float], values: Sequence[float], role: str, x: Scale, y: Scale) -> Markup:
    return join(
        tag(
            "circle",
            cx=f"{x(a):.1f}",
            cy=f"{y(b):.1f}",
            r=2.5,
            class_=f"dot {role}",
            fill_opacity=0.6,
        )
        for a, b in zip(truth, values, strict=True)
    )
