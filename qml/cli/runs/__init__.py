"""`qml runs`: what was run."""

import typer

from qml.cli.alone import alone
from qml.cli.guard import guarded
from qml.cli.runs import diff, export, listing, restore, resume, show, sync


def group() -> typer.Typer:
    """Return the group of commands; alone it shows the first of them."""
    app = typer.Typer(help="List, show, compare, resume and restore runs.")
    alone(app, listing.list_runs)
    app.command("list")(guarded(listing.list_runs))
    app.command("show")(guarded(show.show))
    app.command("diff")(guarded(diff.diff))
    app.command("resume")(guarded(resume.resume))
    app.command("restore")(guarded(restore.restore))
    app.command("export")(guarded(export.export))
    app.command("sync")(guarded(sync.sync))
    return app
