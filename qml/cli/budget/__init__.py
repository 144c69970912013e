"""`qml budget`: what may be spent."""

import typer

from qml.cli.budget import set as set_command
from qml.cli.budget import show
from qml.cli.guard import guarded


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="Show and set sums that are never exceeded.", no_args_is_help=True)
    app.command("show")(guarded(show.show))
    app.command("set")(guarded(set_command.set_budget))
    return app
