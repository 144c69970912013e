"""`qml runs restore`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json, RunArgument
from qml.report.terminal import Terminal


def restore(
    run: RunArgument,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
    json: Json = False,
) -> None:
    """Lay out the code, configuration and pinned packages of a run."""
    from qml.cli.project import here
    from qml.tasks.runs import restore as restore_run

    terminal = Terminal(json=json)
    project = here()
    document = restore_run(project.run(run), folder, project.root)
    if json:
        terminal.print_document(document)
    else:
        terminal.print_text(f"{len(document['files'])} files in {folder}; read RESTORED.md there")
