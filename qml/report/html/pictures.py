"""The pictures of the page beside the curves: confusion matrix and circuit."""

from qml.report import words
from qml.report.html.document import ReportDocument
from qml.report.html.parts import key, section
from qml.report.markup import Markup, join, tag
from qml.report.svg import circuit as diagram
from qml.report.svg.confusion import confusion_svg

_ROLES = {
    "input": "angle from the data",
    "weight": "trained angle",
    "both": "angle from data and weights",
    "fixed": "fixed angle",
}


def confusion(document: ReportDocument) -> Markup | None:
    """Return the confusion matrix, or None where there is none."""
    found = document.get("confusion")
    if not found:
        return None
    rows = sum(map(sum, found["matrix"]))
    right = sum(row[i] for i, row in enumerate(found["matrix"]))
    return section(
        "Confusion matrix",
        confusion_svg(list(map(str, found["classes"])), found["matrix"]),
        note=f"{right:,} of {rows:,} test rows are on the diagonal. Shades are shares of a row.",
        class_="narrow",
    )


def circuit(document: ReportDocument) -> Markup | None:
    """Return the circuit of one sample, or None where there is none."""
    found = document.get("circuit")
    if not found:
        return None
    wires, gates = found["wires"], found["gates"]
    more, left_out = diagram.hidden(wires, gates)
    note = f"{words.plural(wires, 'qubit')}, {words.plural(len(gates), 'gate')} for each sample."
    if more:
        note += f" The last {words.plural(more, 'gate')} ({left_out} columns) are not drawn."
    used = {gate.get("role", "fixed") for gate in gates if gate["params"]}
    keys = [key(f"gate {role}", text) for role, text in _ROLES.items() if role in used]
    return section(
        "Circuit",
        tag("p", join(*keys), class_="keys") if len(keys) > 1 else None,
        tag("div", diagram.circuit_svg(wires, gates), class_="scroll drawing", tabindex="0"),
        note=note,
    )
