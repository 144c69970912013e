"""Shares of a whole as bars beneath each other."""

from collections.abc import Mapping

from qml.report.markup import Markup, join, tag
from qml.report.svg.axes import picture

_WIDTH, _ROW, _LABEL, _BAR = 520.0, 26.0, 210.0, 240.0
_LONGEST = 32


def shares_svg(shares: Mapping[str, float], *, title: str) -> Markup:
    """Draw a bar for each share, in the order of the mapping.

    Args:
        shares: Shares of 1 by name.
        title: What a screen reader says.
    """
    rows = [_row(name, share, i) for i, (name, share) in enumerate(shares.items())]
    return picture(_WIDTH, _ROW * max(1, len(rows)), title, join(rows), class_="plot")


def _row(name: str, share: float, place: int) -> Markup:
    y = _ROW * place
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
    return join(
        tag("text", short, x=_LABEL - 8, y=y + 17, class_="tick", text_anchor="end"),
        tag("rect", x=_LABEL, y=y + 5, width=_BAR * share, height=_ROW - 10, class_="heat"),
        tag("text", f"{100 * share:.0f} %", x=_LABEL + _BAR * share + 8, y=y + 17, class_="tick"),
    )
