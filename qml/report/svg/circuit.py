"""A circuit diagram: wires from left to right, gates as boxes, controls as dots."""

from collections.abc import Sequence

from qml.report.markup import Markup, join, tag
from qml.report.svg import symbols
from qml.report.svg.columns import columns
from qml.report.svg.drawing import DrawnGate

MOST_COLUMNS = 48
_LEFT = 46.0
_SPACE = 14.0


def circuit_svg(wires: int, gates: Sequence[DrawnGate], most: int = MOST_COLUMNS) -> Markup:
    """Draw a circuit.

    Args:
        wires: Number of wires.
        gates: Gates in order of time.
        most: Columns that are drawn; what follows is left out.
    """
    drawn = columns(wires, gates)[:most]
    places, right = _places(drawn)
    height = symbols.ROW * wires
    width = right + _SPACE
    lines = join(_wire(wire, width) for wire in range(wires))
    return tag(
        "svg",
        tag("title", f"Circuit of {wires} qubits and {len(gates)} gates"),
        lines,
        (symbols.draw(gate, x) for x, column in zip(places, drawn, strict=True) for gate in column),
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        class_="circuit",
    )


def hidden(wires: int, gates: Sequence[DrawnGate], most: int = MOST_COLUMNS) -> tuple[int, int]:
    """Return how many gates and columns `circuit_svg` leaves out."""
    rest = columns(wires, gates)[most:]
    return sum(map(len, rest)), len(rest)


def _places(drawn: Sequence[Sequence[DrawnGate]]) -> tuple[list[float], float]:
    """Return the middle of every column, and where the last one ends."""
    places, right = [], _LEFT
    for column in drawn:
        wide = max(symbols.width(gate) for gate in column)
        places.append(right + _SPACE / 2 + wide / 2)
        right += wide + _SPACE
    return places, right


def _wire(wire: int, width: float) -> Markup:
    y = symbols.middle(wire)
    return join(
        tag("text", f"q{wire}", x=_LEFT - 12, y=y + 4, class_="tick", text_anchor="end"),
        tag("line", x1=_LEFT - 6, x2=width, y1=y, y2=y, class_="wire"),
    )
