"""`qml jobs`: what was sent to vendors."""

import typer

from qml.cli.alone import alone
from qml.cli.guard import guarded
from qml.cli.jobs import adopt, cancel, listing, show


def group() -> typer.Typer:
    """Return the group of commands; alone it shows the first of them."""
    app = typer.Typer(help="List, show, cancel and adopt jobs at vendors.")
    alone(app, listing.list_jobs)
    app.command("list")(guarded(listing.list_jobs))
    app.command("show")(guarded(show.show))
    app.command("cancel")(guarded(cancel.cancel))
    app.command("adopt")(guarded(adopt.adopt))
    return app
