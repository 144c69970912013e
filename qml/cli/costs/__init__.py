"""`qml costs`: what was spent."""

from enum import StrEnum
from typing import Annotated

import typer

from qml.cli.costs import export, reconcile
from qml.cli.guard import guarded
from qml.cli.options import Json
from qml.report.terminal import Terminal


class By(StrEnum):
    """What costs are summed by."""

    RUN = "run"
    DAY = "day"
    BACKEND = "backend"
    PROJECT = "project"


def group() -> typer.Typer:
    """Return the group of commands; alone it shows the costs."""
    app = typer.Typer(help="Show what was spent, export it, and compare it with the vendor's bill.")
    app.callback(invoke_without_command=True)(guarded(costs))
    app.command("export")(guarded(export.export))
    app.command("reconcile")(guarded(reconcile.reconcile))
    return app


def costs(
    context: typer.Context,
    by: Annotated[By, typer.Option("--by", help="What the rows are.")] = By.RUN,
    json: Json = False,
) -> None:
    """Show what was spent and what is reserved."""
    if context.invoked_subcommand is not None:
        return
    from qml.cli.project import here, world
    from qml.report.tables.money import costs_table
    from qml.tasks.costs import costs_document

    terminal = Terminal(json=json)
    document = costs_document(here().loaded, world(terminal), by.value)
    terminal.show(document, costs_table(document))
