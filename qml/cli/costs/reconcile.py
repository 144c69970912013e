"""`qml costs reconcile`."""

import typer

from qml.cli.options import Json
from qml.errors import ExitCode
from qml.report.terminal import Terminal


def reconcile(json: Json = False) -> None:
    """Compare the ledger with every vendor's bill and correct it; exit 1 where it was wrong."""
    from qml.cli.project import here, world
    from qml.report.tables.money import reconcile_table
    from qml.tasks.reconcile import is_clean
    from qml.tasks.reconcile import reconcile as compare

    terminal = Terminal(json=json)
    document = compare(here().loaded, world(terminal))
    terminal.show(document, reconcile_table(document))
    if not is_clean(document):
        raise typer.Exit(int(ExitCode.CHECK_FAILED))
