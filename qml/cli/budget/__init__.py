"""`qml budget`: what may be spent."""

import typer

from qml.cli.alone import alone
from qml.cli.budget import set as set_command
from qml.cli.budget import show
from qml.cli.guard import guarded


def group() -> typer.Typer:
    """Return the group of commands; alone it shows the first of them."""
    app = typer.Typer(help="Show and set sums that are never exceeded.")
    alone(app, show.show)
    app.command("show")(guarded(show.show))
    app.command("set")(guarded(set_command.set_budget))
    return app
