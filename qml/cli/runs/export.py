"""`qml runs export`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from qml.cli.options import Json, RunArgument
from qml.report.terminal import Terminal


def export(
    run: RunArgument,
    format_: Annotated[
        Literal["ro-crate"], typer.Option("--format", help="A Process Run Crate (RO-Crate).")
    ] = "ro-crate",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to make; RUN-crate by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Write a run in a format that others read."""
    del format_
    from qml.cli.project import here
    from qml.tasks.runs import export as export_run

    terminal = Terminal(json=json)
    found = here().run(run)
    document = export_run(found, output or Path(f"{found.id}-crate"))
    if json:
        terminal.print_document(document)
    else:
        terminal.print_text(document["folder"])
