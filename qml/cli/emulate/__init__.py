"""`qml emulate`: vendors' services on this machine."""

import typer

from qml.cli.emulate import ionq
from qml.cli.guard import guarded


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="Run a vendor's service on this machine.", no_args_is_help=True)
    app.command("ionq")(guarded(ionq.ionq))
    return app
