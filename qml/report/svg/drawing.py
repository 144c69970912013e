"""A circuit as plain data: what the report draws, and how a template becomes it."""

from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from qml.circuits.template import Template

Role = Literal["input", "weight", "both", "fixed"]


class DrawnGate(TypedDict):
    """One gate.

    Attributes:
        name: Name in the gate set, e.g. `cnot`.
        wires: Wires, controls first.
        params: Labels of its angles.
        role: What its angles depend on; `fixed` where it is left out.
    """

    name: str
    wires: list[int]
    params: list[str]
    role: NotRequired[Role]


class Drawing(TypedDict):
    """A circuit.

    Attributes:
        wires: Number of wires.
        gates: Gates in order of time.
    """

    wires: int
    gates: list[DrawnGate]


def template_drawing(template: "Template") -> Drawing:
    """Return the drawing of a traced circuit; it is a JSON value.

    Angles of inputs are called x0, x1, ..., those of weights θ0, θ1, ..., both in order of time.
    """
    counts = {"x": 0, "\N{GREEK SMALL LETTER THETA}": 0}

    def label(param: Any) -> str:
        if not hasattr(param, "index"):
            return f"{param:.3g}"
        letter = "x" if template.on_inputs[param.index] else "\N{GREEK SMALL LETTER THETA}"
        counts[letter] += 1
        return f"{letter}{counts[letter] - 1}"

    return {
        "wires": template.wires,
        "gates": [
            {
                "name": gate.name,
                "wires": list(gate.wires),
                "params": [label(param) for param in gate.params],
                "role": _role(template, gate.params),
            }
            for gate in template.gates
        ],
    }


def _role(template: "Template", params: tuple[Any, ...]) -> Role:
    slots = [p.index for p in params if hasattr(p, "index")]
    inputs = any(template.on_inputs[i] for i in slots)
    weights = any(template.on_weights[i] for i in slots)
    if inputs and weights:
        return "both"
    return "input" if inputs else "weight" if weights else "fixed"
