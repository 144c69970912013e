"""`qml bench`: run a suite; `against` and `screen` look at what is there already."""

import typer

from qml.cli.bench import against, bench, screen
from qml.cli.guard import guarded


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="Hold models, data and backends against each other, honestly.")
    app.callback(invoke_without_command=True)(guarded(bench.bench))
    app.command("against")(guarded(against.against))
    app.command("screen")(guarded(screen.screen))
    return app
