"""`qml tune`: search for better settings; `report` and `list` look at what was found."""

import typer

from qml.cli.guard import guarded
from qml.cli.tune import listing, report, tune


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="Tune anything in qml.toml, or a command of your own.")
    app.callback(invoke_without_command=True)(guarded(tune.tune))
    app.command("report")(guarded(report.report))
    app.command("list")(guarded(listing.listing))
    return app
