"""`qml costs reconcile`."""

from qml.cli.options import Json
from qml.report.terminal import Terminal


def reconcile(json: Json = False) -> None:
    """Ask every vendor what was billed, correct the ledger, and list jobs it does not know."""
    from qml.cli.project import here, world
    from qml.report.tables.money import reconcile_table
    from qml.tasks.reconcile import reconcile as compare

    terminal = Terminal(json=json)
    document = compare(here().loaded, world(terminal))
    terminal.show(document, reconcile_table(document))
