"""`qml tune report`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json
from qml.report.terminal import Terminal


def report(
    study: Annotated[
        str | None,
        typer.Argument(help="Name of a study, or a run of `qml tune`; the newest one."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the HTML report here as well.")
    ] = None,
    json: Json = False,
) -> None:
    """Show a study: the best, what matters, how it went, and how it stands to random."""
    from qml.cli.project import here
    from qml.report.tables.tune import report_table
    from qml.tasks.tune.reading import find_study

    terminal = Terminal(json=json)
    project = here()
    run, document = find_study(project.runs, study)
    if output is not None:
        from qml.tasks.report import write_report

        terminal.say(f"report: {write_report(run, output)}")
    terminal.show(document, report_table(document))
