"""The critical-difference diagram: mean ranks on a line, and bars over what is not told apart."""

from collections.abc import Mapping, Sequence

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import Scale, picture

_WIDTH, _LEFT, _RIGHT = 900.0, 250.0, 650.0
_AXIS, _STEP, _BAR = 66.0, 22.0, 9.0
_MOST_LETTERS = 32


def critical_svg(
    ranks: Mapping[str, float],
    groups: Sequence[Sequence[str]],
    critical: float,
    roles: Mapping[str, str],
    *,
    title: str,
) -> Markup:
    """Draw the diagram of Demsar: the best to the left, names at both sides.

    Args:
        ranks: Mean rank by column, best first; at least two.
        groups: Columns that are not told apart, best first.
        critical: Nemenyi's critical difference.
        roles: CSS class of each column's line.
        title: What a screen reader says.
    """
    x = Scale(1.0, float(len(ranks)), _LEFT, _RIGHT)
    bars = _AXIS + 14 + _BAR * len(groups)
    half = (len(ranks) + 1) // 2
    height = bars + 20 + _STEP * half
    names = list(ranks)
    return picture(
        _WIDTH,
        height,
        title,
        _ruler(critical, x),
        _axis(len(ranks), x),
        join(
            _group(x(ranks[g[0]]), x(ranks[g[-1]]), _AXIS + 14 + _BAR * i)
            for i, g in enumerate(groups)
        ),
        join(
            _name(name, ranks[name], x, bars + 16 + _STEP * i, roles[name], left=True)
            for i, name in enumerate(names[:half])
        ),
        join(
            _name(name, ranks[name], x, bars + 16 + _STEP * i, roles[name], left=False)
            for i, name in enumerate(reversed(names[half:]))
        ),
        class_="plot",
    )


def _ruler(critical: float, x: Scale) -> Markup:
    """Draw the critical difference to scale; cut off where it is longer than the axis."""
    end = min(x(1.0 + critical), _WIDTH - 10)
    return join(
        tag("line", x1=_LEFT, x2=end, y1=22, y2=22, class_="line data"),
        (tag("line", x1=at, x2=at, y1=17, y2=27, class_="line data") for at in (_LEFT, end)),
        tag(
            "text",
            f"critical difference {critical:.2f}",
            x=(_LEFT + end) / 2,
            y=13,
            class_="axis",
            text_anchor="middle",
        ),
    )


def _axis(columns: int, x: Scale) -> Markup:
    every = 1 + (columns - 1) // 12
    marks = [i for i in range(1, columns + 1) if (i - 1) % every == 0]
    return join(
        tag("line", x1=_LEFT, x2=_RIGHT, y1=_AXIS, y2=_AXIS, class_="line data"),
        (tag("line", x1=x(i), x2=x(i), y1=_AXIS - 6, y2=_AXIS, class_="line data") for i in marks),
        (
            tag("text", str(i), x=x(i), y=_AXIS - 11, class_="tick", text_anchor="middle")
            for i in marks
        ),
    )


def _group(start: float, end: float, y: float) -> Markup:
    return tag("line", x1=start - 4, x2=end + 4, y1=y, y2=y, class_="whisker same")


def _name(name: str, rank: float, x: Scale, y: float, role: str, *, left: bool) -> Markup:
    edge = _LEFT - 12 if left else _RIGHT + 12
    at = x(rank)
    short = name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"
    return join(
        tag(
            "polyline",
            points=f"{at:.1f},{_AXIS} {at:.1f},{y:.1f} {edge:.1f},{y:.1f}",
            class_=f"line {role}",
        ),
        tag(
            "text",
            f"{short}  {rank:.2f}" if left else f"{rank:.2f}  {short}",
            x=edge - 6 if left else edge + 6,
            y=y + 4,
            class_="cell",
            text_anchor="end" if left else "start",
        ),
    )
