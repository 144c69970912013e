"""One run as one HTML file that fetches nothing."""

from qml.report.html.document import Confusion, ReportDocument
from qml.report.html.outcome import outcome_html
from qml.report.html.page import render

__all__ = ["Confusion", "ReportDocument", "outcome_html", "render"]
