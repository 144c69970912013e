"""Blocks of weights in a table of their own: their losses are not those of a model."""

from qml.report.compression_blocks import HEADS, block_rows, blocks_note, blocks_of
from qml.report.html.document import ReportDocument
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag


def section(document: ReportDocument) -> Markup | None:
    """Return what each solver found on the blocks; nothing where none were solved."""
    outcome = document["outcome"]
    if outcome is None or not blocks_of(outcome):
        return None
    head = tag(
        "thead", tag("tr", [tag("th", text, class_=_side(i)) for i, text in enumerate(HEADS)])
    )
    rows = [
        tag(
            "tr",
            tag("th", name, scope="row"),
            [tag("td", cell, class_="right") for cell in cells],
        )
        for name, *cells in block_rows(outcome)
    ]
    whole = tag("div", tag("table", head, tag("tbody", rows)), class_="scroll")
    return block("Solvers on small blocks", whole, note=blocks_note(outcome))


def _side(column: int) -> str | None:
    return "right" if column else None
