"""`qml config` and `qml config schema`."""

from typing import Annotated

import typer

from qml.cli.guard import guarded
from qml.cli.options import Json, Set
from qml.report.terminal import Terminal


def group() -> typer.Typer:
    """Return the command with its subcommand."""
    app = typer.Typer(
        help="Show the configuration that holds here, or its schema.", invoke_without_command=True
    )
    app.callback()(guarded(show))
    app.command("schema")(guarded(schema))
    return app


def show(
    context: typer.Context,
    show_origin: Annotated[
        bool, typer.Option("--show-origin", help="Tell where each value came from.")
    ] = False,
    set_: Set = None,
    json: Json = False,
) -> None:
    """Show every key, its value and, with --show-origin, where it was set."""
    if context.invoked_subcommand is not None:
        return
    from qml.cli.project import here
    from qml.report.tables.config import config_table
    from qml.tasks.config import config_document, config_text

    terminal = Terminal(json=json)
    loaded = here(set_).loaded
    document = config_document(loaded)
    if show_origin or json:
        terminal.show(document, config_table(document))
    else:
        terminal.print_text(config_text(loaded))


def schema() -> None:
    """Print the JSON Schema of qml.toml, for editors."""
    from qml.config import json_schema

    Terminal().print_document(json_schema())
