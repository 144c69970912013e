"""`qml replay`."""

import typer

from qml.cli.options import Json, Quiet, RunArgument
from qml.errors import ExitCode
from qml.report.terminal import Terminal


def replay(run: RunArgument, json: Json = False, quiet: Quiet = False) -> None:
    """Run it again from its manifest: identical, statistically equal, or drifted (exit 1)."""
    from qml.cli.project import here, world
    from qml.report.tables.replay import replay_table
    from qml.tasks.replay import replay as replay_run

    terminal = Terminal(json=json, quiet=quiet)
    project = here()
    document = replay_run(project.run(run), project.root, world(terminal))
    for warning in document["warnings"]:
        terminal.warn(warning)
    terminal.show(document, replay_table(document))
    if document["verdict"] == "drifted":
        raise typer.Exit(int(ExitCode.CHECK_FAILED))
