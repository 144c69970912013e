"""`qml jobs cancel`."""

from qml.cli.jobs.options import Intent
from qml.cli.options import Json
from qml.report.terminal import Terminal


def cancel(intent: Intent, json: Json = False) -> None:
    """Cancel a submission: drop it here, or ask the vendor to."""
    from qml.cli.project import here, world
    from qml.report.tables.jobs import job_table
    from qml.tasks.jobs import cancel as cancel_job

    terminal = Terminal(json=json)
    document = cancel_job(here().loaded, world(terminal), intent)
    terminal.show(document, job_table(document))
