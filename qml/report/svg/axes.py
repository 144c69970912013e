"""Scales, round ticks and the frame of a plot."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qml.report.markup import Markup, join, tag

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear map from values to places.

    Attributes:
        low: Value at `start`.
        high: Value at `end`; differs from `low`.
        start: Place of `low`.
        end: Place of `high`.
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Frame:
    """The plotting area.

    Attributes:
        width: Width of the whole picture.
        height: Height of the whole picture.
        left: Left edge of the area.
        top: Upper edge.
        right: Right edge.
        bottom: Lower edge.
    """

    width: float = 440.0
    height: float = 270.0
    left: float = 52.0
    top: float = 14.0
    right: float = 428.0
    bottom: float = 228.0


def ticks(low: float, high: float, most: int = 7) -> list[float]:
    """Return round values between two values.

    Args:
        low: Lower end.
        high: Upper end, above `low`.
        most: Most ticks.
    """
    rough = (high - low) / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(r * power for r in _ROUND if r * power >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def padded(values: Iterable[float], share: float = 0.05) -> tuple[float, float]:
    """Return bounds that leave some air around the values; never of no width."""
    listed = list(values)
    low, high = min(listed), max(listed)
    air = (high - low) * share or abs(high) * share or 1.0
    return low - air, high + air


def axes(frame: Frame, x: Scale, y: Scale, *, x_label: str, percent: bool = False) -> Markup:
    """Draw grid lines, tick labels and the label of the axis."""
    across = ticks(y.low, y.high)
    along = [value for value in ticks(x.low, x.high) if value == round(value)]
    return join(
        (_grid_line(frame, y(value), _label(value, across, percent=percent)) for value in across),
        (_tick(frame, x(value), f"{value:,.0f}") for value in along),
        tag(
            "text",
            x_label,
            x=(frame.left + frame.right) / 2,
            y=frame.height - 6,
            class_="axis",
            text_anchor="middle",
        ),
    )


def picture(width: float, height: float, title: str, *children: Markup, class_: str) -> Markup:
    """Wrap shapes into an SVG element that scales to the room it is given."""
    return tag(
        "svg",
        tag("title", title),
        children,
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        class_=class_,
        aria_label=title,
    )


def _label(value: float, among: Sequence[float], *, percent: bool) -> str:
    if percent:
        return f"{100 * value:g} %"
    step = among[1] - among[0] if len(among) > 1 else abs(value) or 1.0
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    # steps of 2.5 need one digit more than their power of ten says
    digits += round(step, digits) != round(step, digits + 1)
    return f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")


def _grid_line(frame: Frame, y: float, label: str) -> Markup:
    return join(
        tag("line", x1=frame.left, x2=frame.right, y1=y, y2=y, class_="grid"),
        tag("text", label, x=frame.left - 7, y=y + 4, class_="tick", text_anchor="end"),
    )


def _tick(frame: Frame, x: float, label: str) -> Markup:
    y = frame.bottom
    return join(
        tag("line", x1=x, x2=x, y1=y, y2=y + 4, class_="grid"),
        tag("text", label, x=x, y=y + 18, class_="tick", text_anchor="middle"),
    )
