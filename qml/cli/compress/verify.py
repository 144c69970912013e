"""`qml compress verify FILE`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json, NoInput, Quiet, Set
from qml.report.terminal import Terminal


def verify(
    file: Annotated[Path, typer.Argument(help="A file or folder that `--export` wrote.")],
    evaluate: Annotated[
        list[Path] | None,
        typer.Option("--evaluate", help="Held-out text; that of its run. Repeatable."),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", help="Teacher to hold it against; that of its run.")
    ] = None,
    set_: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Load a compressed model from its file and measure it again.

    Exit code 1 where it is not what the run that wrote it recorded.
    """
    from qml.cli.project import here, world
    from qml.report.tables.compress_verify import verify_table
    from qml.tasks.compress.verify import verify as measure

    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    project = here(set_)
    document = measure(file, project, world(terminal), model=model, evaluate=tuple(evaluate or ()))
    terminal.show(document, verify_table(document))
    if document["agrees"] is False:
        raise typer.Exit(1)
