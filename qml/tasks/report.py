"""`qml report`: one run as one HTML file."""

from pathlib import Path

from qml.files import write_text
from qml.records import RunFolder
from qml.report.gather import report_document
from qml.report.html import render


def write_report(run: RunFolder, output: Path | None = None) -> Path:
    """Write the report of a run, finished or not.

    Args:
        run: The run.
        output: File to write; `report.html` of the run by default.

    Returns:
        The file.
    """
    path = output or run.report_path
    write_text(path, render(report_document(run)))
    return path
