"""`qml jobs show`."""

from qml.cli.jobs.options import Intent
from qml.cli.options import Json
from qml.report.terminal import Terminal


def show(intent: Intent, json: Json = False) -> None:
    """Show one submission: its states, its money, its job at the vendor."""
    from qml.cli.project import here, world
    from qml.report.tables.jobs import job_table
    from qml.tasks.jobs import job_document

    terminal = Terminal(json=json)
    document = job_document(here().loaded, world(terminal), intent)
    terminal.show(document, job_table(document))
