"""`qml budget show`."""

from qml.cli.options import Json
from qml.report.terminal import Terminal


def show(json: Json = False) -> None:
    """Show the caps, and how far today, this month and the project have used them up."""
    from qml.cli.project import here, world
    from qml.report.tables.money import budget_table
    from qml.tasks.budget import budget_document

    terminal = Terminal(json=json)
    document = budget_document(here().loaded, world(terminal))
    terminal.show(document, budget_table(document))
