"""What `qml tune` does with its configuration: plan, agree, search, print."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import typer

from qml.cli.flags import settings
from qml.report.terminal import Terminal


def flags_of(given: Mapping[str, Any]) -> list[str]:
    """Turn options into `key=value` of `[tune]`; texts stay texts, whatever they look like."""
    return settings("tune.", dict(given))


def carry_through(
    flags: list[str],
    set_: list[str] | None,
    terminal: Terminal,
    *,
    name: str | None,
    dry_run: bool,
    yes: bool,
    most: Decimal | None,
) -> None:
    """Plan, ask where it costs anything, search and print.

    Raises:
        typer.Exit: The study stopped before its end: 130 at Ctrl-C, 3 at the end of its money.
    """
    from qml.cli.project import here, world
    from qml.cli.spend import agree
    from qml.report.tables.outcome import outcome_table
    from qml.report.tables.plan import plan_table
    from qml.tasks.carry import leaves_this_machine
    from qml.tasks.tune import begin, check, offer, run

    project, surroundings = here(set_, flags), world(terminal)
    loaded, routing = project.loaded, None
    check(loaded.config, project.root, surroundings)
    if dry_run:
        document = offer(loaded, surroundings).plan.document()
        terminal.show(document, plan_table(document))
        return
    if loaded.config.tune.command is None and leaves_this_machine(loaded.config):
        found = offer(loaded, surroundings)
        agree(found.plan, found.loaded, terminal, surroundings, yes=yes, most=most)
        loaded, routing = found.loaded, found.routing
    folder = begin(loaded, name=name, world=surroundings, routing=routing, most=most)
    terminal.say(f"run {folder.id}")
    document = run(folder, loaded.config, project.root, surroundings).document()
    terminal.show(document, outcome_table(document))
    if document["stopped"]["exit_code"]:
        raise typer.Exit(document["stopped"]["exit_code"])
