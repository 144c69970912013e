"""A row of a forest plot: an accuracy and its interval on a scale that all rows share."""

from collections.abc import Sequence

from qml.report.markup import Markup, tag
from qml.report.svg.axes import Scale, picture

_WIDTH, _HEIGHT = 150.0, 22.0


def common_scale(bounds: Sequence[Sequence[float]]) -> Scale:
    """Return a scale that holds all intervals with some air."""
    low, high = min(b[0] for b in bounds), max(b[1] for b in bounds)
    air = 0.05 * (high - low) or 0.01
    return Scale(low - air, high + air, 4.0, _WIDTH - 4.0)


def interval_svg(value: float, bounds: Sequence[float], scale: Scale, role: str) -> Markup:
    """Draw one value with its interval."""
    middle = _HEIGHT / 2
    return picture(
        _WIDTH,
        _HEIGHT,
        f"{100 * value:.1f} %, {100 * bounds[0]:.1f} to {100 * bounds[1]:.1f}",
        tag("line", x1=0, x2=_WIDTH, y1=middle, y2=middle, class_="grid"),
        tag(
            "line",
            x1=scale(bounds[0]),
            x2=scale(bounds[1]),
            y1=middle,
            y2=middle,
            class_=f"whisker {role}",
        ),
        tag("circle", cx=scale(value), cy=middle, r=4.5, class_=f"dot {role}"),
        class_="forest",
    )
