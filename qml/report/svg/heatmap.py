"""Numbers of a table as shades: rows by columns, cells may be missing."""

from collections.abc import Mapping, Sequence

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import picture

_LABEL, _TOP, _WIDEST, _LARGEST, _HIGH = 130.0, 24.0, 860.0, 34.0, 26.0
_READABLE = 20.0
_DARK = 0.55
_MOST_LETTERS = 18


def heatmap_svg(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Mapping[tuple[str, str], float],
    *,
    title: str,
    x_label: str,
    full: float,
) -> Markup:
    """Draw a table of shades.

    Args:
        rows: Names from the top.
        columns: Names from the left.
        values: By row and column, at least 0.
        title: What a screen reader says.
        x_label: Above the columns' names.
        full: Value of the full shade.
    """
    side = min(_LARGEST, (_WIDEST - _LABEL) / max(1, len(columns)))
    every = max(1, -(-int(_READABLE) // max(1, int(side))))
    heads = [
        tag("text", name, x=_LABEL + side * (j + 0.5), y=_TOP + 12, class_="tick", **_MIDDLE)
        for j, name in enumerate(columns)
        if j % every == 0
    ]
    lines = [_row(name, i, columns, values, side, full) for i, name in enumerate(rows)]
    return picture(
        _LABEL + side * len(columns) + 8,
        _TOP + 22 + _HIGH * len(rows),
        title,
        tag("text", x_label, x=_LABEL, y=12, class_="axis"),
        join(heads),
        join(lines),
        class_="plot",
    )


_MIDDLE = {"text_anchor": "middle"}


def _row(
    name: str,
    place: int,
    columns: Sequence[str],
    values: Mapping[tuple[str, str], float],
    side: float,
    full: float,
) -> Markup:
    y = _TOP + 20 + _HIGH * place
    short = name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"
    head = tag("text", short, x=_LABEL - 8, y=y + _HIGH / 2 + 4, class_="tick", text_anchor="end")
    cells = [
        _cell(values[name, column], _LABEL + side * j, y, side, full, f"{name} {column}")
        for j, column in enumerate(columns)
        if (name, column) in values
    ]
    return join(head, join(cells))


def _cell(value: float, x: float, y: float, side: float, full: float, what: str) -> Markup:
    share = min(1.0, value / full)
    shade = tag(
        "rect",
        x=x + 0.5,
        y=y + 0.5,
        width=side - 1,
        height=_HIGH - 1,
        rx=2,
        class_="heat",
        fill_opacity=0.06 + 0.94 * share,
    )
    words = f"{value:.2g}"
    number = None
    if side >= _READABLE or len(words) == 1:
        style = "cell dark" if share > _DARK else "cell"
        middle = {"x": x + side / 2, "y": y + _HIGH / 2 + 4}
        number = tag("text", words, **middle, class_=style, text_anchor="middle")
    return tag("g", tag("title", f"{what}: {value:g}"), shade, number)
