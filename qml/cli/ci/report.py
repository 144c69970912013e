"""`qml ci report`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json
from qml.report.terminal import Terminal


def report(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="What the steps write into.")
    ] = Path("ci-out"),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the Markdown here as well.")
    ] = None,
    json: Json = False,
) -> None:
    """Put what the steps of a pipeline left behind into one comment, with its cost."""
    from qml.files import write_text
    from qml.report.markdown.ci import comment
    from qml.report.tables.ci import report_text
    from qml.tasks.ci.report import report as read

    document = read(folder).document()
    text = comment(document)
    if output is not None:
        write_text(output, text)
    Terminal(json=json).show(document, report_text(text))
