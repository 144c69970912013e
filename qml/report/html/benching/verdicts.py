"""The verdicts, one for each question, with what could have been seen."""

from qml.report import bench
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, glued
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag

NOTE = (
    "Best quantum column against the best column of each kind. All comparisons of the suite are in"
    " Holm's correction: the chance that even one of them is called better or worse by noise alone"
    " is 5 %."
)


def section(document: ReportDocument) -> Markup | None:
    """Return the verdicts in words."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    rows = [(bench.ABOUT[v["about"]], glued(v["words"])) for v in outcome["verdicts"]]
    notes = [tag("p", f"Note: {note}.", class_="note") for note in outcome["notes"]]
    if not rows and not notes:
        return None
    return block("Verdicts", facts(rows), notes, note=NOTE if rows else None)
