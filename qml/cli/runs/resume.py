"""`qml runs resume`."""

import typer

from qml.cli.options import Json, MaxCost, OnUnknown, Quiet, RunArgument
from qml.report.terminal import Terminal


def resume(
    run: RunArgument,
    max_cost: MaxCost = None,
    on_unknown: OnUnknown = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Go on from the last checkpoint; a finished run prints its outcome again."""
    from qml.cli.project import here, world
    from qml.report.tables.outcome import outcome_table
    from qml.tasks.resume import resume as resume_run

    terminal = Terminal(json=json, quiet=quiet)
    project = here()
    document = resume_run(
        project.run(run),
        project.root,
        world(terminal),
        most=max_cost,
        on_unknown=on_unknown,
    )
    terminal.show(document, outcome_table(document))
    if code := document.get("stopped", {}).get("exit_code", 0):  # a study that stopped again
        raise typer.Exit(code)
