"""`qml ci`: a pipeline for a project, and its comment."""

import typer

from qml.cli.ci import init, report
from qml.cli.guard import guarded


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(
        help="Continuous integration: tests, noise, benchmark and a capped machine.",
        no_args_is_help=True,
    )
    app.command("init")(guarded(init.init))
    app.command("report")(guarded(report.report))
    return app
