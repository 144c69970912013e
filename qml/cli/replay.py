"""`qml replay`."""

from decimal import Decimal
from typing import TYPE_CHECKING

import typer

from qml.cli.options import Fresh, Json, MaxCost, Quiet, RunArgument, Yes
from qml.errors import ExitCode
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.records import RunFolder
    from qml.tasks.project import Project


def replay(
    run: RunArgument,
    fresh: Fresh = False,
    max_cost: MaxCost = None,
    yes: Yes = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run it again from its manifest: identical, statistically equal, or drifted (exit 1)."""
    from qml.cli.project import here, world
    from qml.report.tables.replay import replay_table
    from qml.tasks.replay import NOTHING
    from qml.tasks.replay import replay as replay_run

    terminal = Terminal(json=json, quiet=quiet)
    project = here()
    found = project.run(run)
    most: Decimal | None = NOTHING
    if fresh:
        _agree(found, project, terminal, yes=yes, most=max_cost)
        most = max_cost
    document = replay_run(found, project.root, world(terminal), fresh=fresh, most=most)
    for warning in document["warnings"]:
        terminal.warn(warning)
    terminal.show(document, replay_table(document))
    if document["verdict"] == "drifted":
        raise typer.Exit(int(ExitCode.CHECK_FAILED))


def _agree(
    run: "RunFolder", project: "Project", terminal: Terminal, *, yes: bool, most: Decimal | None
) -> None:
    """Ask before results are bought anew."""
    from qml.cli.project import world
    from qml.cli.spend import agree
    from qml.tasks.carry import may_buy
    from qml.tasks.commands import command_of
    from qml.tasks.replay import replay_of

    surroundings = world(terminal)
    loaded = replay_of(run, project.root, surroundings, fresh=True)
    if may_buy(loaded.config, run.manifest()["command"]):
        plan = command_of(run).offer(loaded, surroundings).plan
        agree(plan, loaded, terminal, surroundings, yes=yes, most=most)
