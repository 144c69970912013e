"""`qml report`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json, RunArgument
from qml.report.terminal import Terminal


def report(
    run: RunArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; report.html of the run by default.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    json: Json = False,
) -> None:
    """Write one self-contained HTML file about a run."""
    from qml.cli.project import here
    from qml.tasks.report import write_report

    terminal = Terminal(json=json)
    found = here().run(run)
    path = write_report(found, output)
    if json:
        terminal.print_document({"schema": "qml.report/1", "run_id": found.id, "path": str(path)})
    else:
        terminal.print_text(str(path))
    if open_:
        typer.launch(path.resolve().as_uri())
