"""`qml jobs`: what was sent to vendors."""

import typer

from qml.cli.guard import guarded
from qml.cli.jobs import adopt, cancel, listing, show


def group() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(help="List, show, cancel and adopt jobs at vendors.", no_args_is_help=True)
    app.command("list")(guarded(listing.list_jobs))
    app.command("show")(guarded(show.show))
    app.command("cancel")(guarded(cancel.cancel))
    app.command("adopt")(guarded(adopt.adopt))
    return app
