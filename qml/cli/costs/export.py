"""`qml costs export`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json
from qml.report.terminal import Terminal


def export(
    focus: Annotated[
        Path,
        typer.Option("--focus", metavar="FILE", help="CSV file to write, columns of FOCUS 1.2."),
    ],
    json: Json = False,
) -> None:
    """Write every settled charge for an accountant's tools."""
    from qml.cli.project import here, world
    from qml.tasks.costs import export_focus

    terminal = Terminal(json=json)
    document = export_focus(here().loaded, world(terminal), focus)
    rows = document["rows"]
    terminal.show(document, f"{rows:,} settled charges in {focus} ({document['format']})")
