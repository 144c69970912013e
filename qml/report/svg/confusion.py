"""A confusion matrix: rows are true classes, columns what the model said, shaded by row."""

from collections.abc import Sequence

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import picture

_MOST_LETTERS = 12
_LETTER = 6.6
# Above this share of its row a cell is dark and its number is written in the paper's colour.
_DARK = 0.55


def confusion_svg(classes: Sequence[str], matrix: Sequence[Sequence[int]]) -> Markup:
    """Draw a confusion matrix.

    Args:
        classes: Names of the classes.
        matrix: Test rows, shape (classes, classes): true class first, predicted class second.
    """
    labels = [_clipped(name) for name in classes]
    longest = max(map(len, labels))
    side = 34.0 if len(classes) > 4 else 52.0  # noqa: PLR2004 - few classes get larger cells
    left = 34.0 + _LETTER * longest
    turned = _LETTER * longest > side
    top = 30.0 + (_LETTER * longest * 0.75 if turned else 14.0)
    size = side * len(classes)
    heads = join(
        _head(name, left + side * (j + 0.5), top - 8, turned) for j, name in enumerate(labels)
    )
    rows = join(
        _row(labels[i], row, classes, i, left, top + side * i, side) for i, row in enumerate(matrix)
    )
    return picture(
        left + size + 12,
        top + size + 12,
        "Confusion matrix: true classes in rows, predicted classes in columns",
        heads,
        rows,
        tag("text", "predicted", x=left + size / 2, y=14, class_="axis", text_anchor="middle"),
        tag(
            "text",
            "true",
            transform=f"translate(14 {top + size / 2:.0f}) rotate(-90)",
            class_="axis",
            text_anchor="middle",
        ),
        class_="confusion",
    )


def _head(label: str, x: float, y: float, turned: bool) -> Markup:  # noqa: FBT001 - private
    if turned:
        place = f"translate({x:.1f} {y:.1f}) rotate(-48)"
        return tag("text", label, transform=place, class_="tick")
    return tag("text", label, x=x, y=y, class_="tick", text_anchor="middle")


def _row(
    label: str,
    row: Sequence[int],
    classes: Sequence[str],
    truth: int,
    left: float,
    top: float,
    side: float,
) -> Markup:
    total = sum(row) or 1
    cells = (
        _cell(value, value / total, left + side * j, top, side, f"{classes[truth]} as {name}")
        for j, (value, name) in enumerate(zip(row, classes, strict=True))
    )
    head = tag("text", label, x=left - 8, y=top + side / 2 + 4, class_="tick", text_anchor="end")
    return join(head, cells)


def _cell(value: int, share: float, x: float, y: float, side: float, what: str) -> Markup:
    shade = tag(
        "rect",
        x=x + 1,
        y=y + 1,
        width=side - 2,
        height=side - 2,
        rx=3,
        class_="heat",
        fill_opacity=0.0 if value == 0 else 0.1 + 0.9 * share,
    )
    number = tag(
        "text",
        f"{value:,}" if value else "\N{MIDDLE DOT}",
        x=x + side / 2,
        y=y + side / 2 + 4,
        text_anchor="middle",
        class_="cell dark" if share > _DARK else "cell" if value else "cell none",
    )
    return tag("g", tag("title", f"{what}: {value:,}"), shade, number)


def _clipped(name: str) -> str:
    return (
        name
        if len(name) <= _MOST_LETTERS
        else f"{name[: _MOST_LETTERS - 1]}\N{HORIZONTAL ELLIPSIS}"
    )
