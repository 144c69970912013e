"""Which parameters matter."""

from qml.report.html.document import ReportDocument
from qml.report.html.parts import figure
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.svg.shares import shares_svg

NOTE = (
    "Share of the differences between trials that each parameter explains by itself"
    " (functional analysis of variance). It speaks of this space and of these trials only."
)


def section(document: ReportDocument) -> Markup | None:
    """Return the shares, or None where the trials were too few."""
    outcome = document["outcome"]
    if outcome is None or outcome["importance"] is None:
        return None
    found = outcome["importance"]
    about = f"{found['method']}, {found['trials']} trials"
    drawn = shares_svg(found["shares"], title="Importance of each parameter")
    return block("What matters", figure(tag("b", about), drawn), note=NOTE)
