"""`qml bench`: run a suite; `screen` asks whether a quantum model can help at all."""

import typer

from qml.cli.bench import bench, screen
from qml.cli.guard import guarded


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="Hold models, data and backends against each other, honestly.")
    app.callback(invoke_without_command=True)(guarded(bench.bench))
    app.command("screen")(guarded(screen.screen))
    return app
