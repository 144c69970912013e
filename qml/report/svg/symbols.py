"""The symbol of each gate in a circuit diagram."""

from collections.abc import Mapping

from qml.report.markup import Markup, join, tag
from qml.report.svg.drawing import DrawnGate

ROW = 46.0
_BOX = 34.0
_LETTER, _SMALL_LETTER = 7.6, 5.6

# Gates that are controls and a target: number of controls, and what stands on the other wires.
_CONTROLLED: Mapping[str, tuple[int, str]] = {
    "cnot": (1, "+"),
    "cy": (1, "Y"),
    "cz": (1, "dot"),
    "ch": (1, "H"),
    "crx": (1, "RX"),
    "cry": (1, "RY"),
    "crz": (1, "RZ"),
    "cphase": (1, "P"),
    "ccnot": (2, "+"),
    "ccz": (2, "dot"),
    "cswap": (1, "cross"),
    "swap": (0, "cross"),
}
_NAMES: Mapping[str, str] = {
    "id": "I",
    "phase": "P",
    "sdg": "S\N{DAGGER}",
    "tdg": "T\N{DAGGER}",
    "sx": "\N{SQUARE ROOT}X",
    "sxdg": "\N{SQUARE ROOT}X\N{DAGGER}",
    "iswap": "iSW",
    "iswapdg": "iSW\N{DAGGER}",
    "gpi": "GPi",
    "gpi2": "GPi2",
}


def middle(wire: int) -> float:
    """Return the height of a wire."""
    return ROW * (wire + 0.5)


def width(gate: DrawnGate) -> float:
    """Return the room that a gate needs."""
    label, small = _label(gate), _angles(gate)
    return max(_BOX, _LETTER * len(label) + 10, _SMALL_LETTER * len(small) + 8)


def draw(gate: DrawnGate, x: float) -> Markup:
    """Draw a gate whose middle is at `x`."""
    ends = [middle(wire) for wire in gate["wires"]]
    link = tag("line", x1=x, x2=x, y1=min(ends), y2=max(ends), class_="link")
    controls, _ = _CONTROLLED.get(gate["name"], (0, ""))
    shapes = [_dot(x, y) if i < controls else _target(gate, x, y) for i, y in enumerate(ends)]
    about = f"{gate['name']}({', '.join(gate['params'])}) on {', '.join(map(str, gate['wires']))}"
    role = gate.get("role", "fixed")
    return tag(
        "g",
        tag("title", about.replace("()", "")),
        link if len(ends) > 1 else None,
        join(shapes),
        class_=f"gate {role}",
    )


def _target(gate: DrawnGate, x: float, y: float) -> Markup:
    _, kind = _CONTROLLED.get(gate["name"], (0, ""))
    if kind == "+":
        return _plus(x, y)
    if kind == "cross":
        return _cross(x, y)
    if kind == "dot":
        return _dot(x, y)
    return _box(gate, x, y)


def _box(gate: DrawnGate, x: float, y: float) -> Markup:
    wide, small = width(gate), _angles(gate)
    shift = -2.0 if small else 4.5
    return join(
        tag(
            "rect",
            x=x - wide / 2,
            y=y - _BOX / 2,
            width=wide,
            height=_BOX,
            rx=5,
            class_="box",
        ),
        tag("text", _label(gate), x=x, y=y + shift, class_="name", text_anchor="middle"),
        tag("text", small, x=x, y=y + 11, class_="angle", text_anchor="middle") if small else None,
    )


def _dot(x: float, y: float) -> Markup:
    return tag("circle", cx=x, cy=y, r=4.5, class_="control")


def _plus(x: float, y: float) -> Markup:
    return join(
        tag("circle", cx=x, cy=y, r=10.0, class_="plus"),
        tag("path", d=f"M{x - 10:.1f} {y:.1f}h20M{x:.1f} {y - 10:.1f}v20", class_="link"),
    )


def _cross(x: float, y: float) -> Markup:
    d = f"M{x - 6:.1f} {y - 6:.1f}l12 12M{x + 6:.1f} {y - 6:.1f}l-12 12"
    return tag("path", d=d, class_="link")


def _label(gate: DrawnGate) -> str:
    name = gate["name"]
    kind = _CONTROLLED.get(name, (0, ""))[1]
    if kind in {"+", "dot", "cross"}:
        return ""
    return kind or _NAMES.get(name, name.upper())


def _angles(gate: DrawnGate) -> str:
    return ", ".join(gate["params"])
