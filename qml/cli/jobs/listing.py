"""`qml jobs list`."""

from enum import StrEnum
from typing import Annotated

import typer

from qml.cli.options import Json
from qml.report.terminal import Terminal


class State(StrEnum):
    """How far an intent came."""

    INTENDED = "intended"
    SENDING = "sending"
    SUBMITTED = "submitted"
    UNKNOWN = "unknown"
    SETTLED = "settled"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


def list_jobs(
    run: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="Only those of one run.")
    ] = None,
    state: Annotated[
        list[State] | None, typer.Option("--state", help="Only those in a state. Repeatable.")
    ] = None,
    json: Json = False,
) -> None:
    """List every submission to a vendor, oldest first."""
    from qml.cli.project import here, world
    from qml.report.tables.jobs import jobs_table
    from qml.tasks.jobs import jobs_document

    terminal = Terminal(json=json)
    project = here()
    run_id = project.run(run).id if run else None
    states = [str(wanted) for wanted in state or ()]
    document = jobs_document(project.loaded, world(terminal), run_id=run_id, states=states)
    terminal.show(document, jobs_table(document))
