"""`qml jobs adopt`."""

from typing import Annotated

import typer

from qml.cli.jobs.options import Intent
from qml.cli.options import Json
from qml.report.terminal import Terminal


def adopt(
    intent: Intent,
    job: Annotated[str, typer.Argument(metavar="JOB", help="The vendor's id of the job.")],
    json: Json = False,
) -> None:
    """Tie a vendor's job to an intent whose answer was lost; then `qml runs resume`."""
    from qml.cli.project import here, world
    from qml.report.tables.jobs import job_table
    from qml.tasks.jobs import adopt as adopt_job

    terminal = Terminal(json=json)
    document = adopt_job(here().loaded, world(terminal), intent, job)
    terminal.show(document, job_table(document))
