"""`qml test`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.flags import settings, several
from qml.cli.options import Json, NoInput, Quiet, Set
from qml.errors import ExitCode
from qml.report.terminal import Terminal

_SEVERAL = "separated by commas."


def run_test(
    checks: Annotated[
        str | None, typer.Option("--checks", help=f"Checks by name, {_SEVERAL}")
    ] = None,
    noise: Annotated[
        str | None, typer.Option("--noise", help="Noise models, e.g. aria-1,forte-1.")
    ] = None,
    backends: Annotated[
        str | None, typer.Option("--backends", help=f"Simulators that must agree, {_SEVERAL}")
    ] = None,
    shots: Annotated[
        int | None, typer.Option("--shots", help="Shots that must be enough for the decision.")
    ] = None,
    own: Annotated[
        bool, typer.Option("--own/--no-own", help="Run the project's own tests too.")
    ] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail as well.")] = False,
    junit: Annotated[
        Path | None, typer.Option("--junit", help="Write a JUnit report to this file.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be looked at; run nothing.")
    ] = False,
    set_: Set = None,
    name: Annotated[str | None, typer.Option("--name", "-n", help="Name of the run.")] = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Run the project's tests, and check its model: gradients, noise, shots, seeds, budget, ..."""
    from qml.cli.project import here, world
    from qml.report.tables.test import test_table
    from qml.tasks.test import begin, plan, run

    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    given = {
        "checks": several(checks),
        "noise": several(noise),
        "backends": several(backends),
        "shots": shots,
        "own": None if own else False,
        "strict": strict or None,
    }
    project = here(set_, settings("test.", given))
    if dry_run:
        document = plan(project.loaded).document()
        terminal.show(document, test_table(document))
        return
    surroundings = world(terminal)
    folder = begin(project.loaded, name=name, world=surroundings)
    terminal.say(f"run {folder.id}")
    document = run(folder, project.loaded.config, project.root, surroundings).document()
    if junit is not None:
        from qml.tasks.test.junit import write_junit

        write_junit(document, junit)
    terminal.show(document, test_table(document))
    if document["failed"]:
        raise typer.Exit(int(ExitCode.CHECK_FAILED))
