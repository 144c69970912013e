"""`qml bench` without a subcommand: run a suite, or go on with one."""

from typing import Annotated

import typer

from qml.cli.flags import settings
from qml.cli.options import Json, NoInput, Quiet, Set
from qml.report.terminal import Terminal

_SEVERAL = "separated by commas."


def bench(
    context: typer.Context,
    suite: Annotated[str | None, typer.Option("--suite", help="Name of the suite.")] = None,
    models: Annotated[str | None, typer.Option("--models", help=f"Columns, {_SEVERAL}")] = None,
    data: Annotated[str | None, typer.Option("--data", help=f"Rows, {_SEVERAL}")] = None,
    backends: Annotated[
        str | None, typer.Option("--backends", help=f"Where circuits run, {_SEVERAL}")
    ] = None,
    seeds: Annotated[int | None, typer.Option("--seeds", help="Repetitions.")] = None,
    set_: Set = None,
    name: Annotated[str | None, typer.Option("--name", "-n", help="Name of the run.")] = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Run a suite; every cell is a run of its own, and none is run twice."""
    if context.invoked_subcommand is not None:
        return
    from qml.cli.project import here, world
    from qml.report.tables.outcome import outcome_table
    from qml.tasks.bench import begin, run

    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    given = {
        "suite": suite,
        "models": _split(models),
        "data": _split(data),
        "backends": _split(backends),
        "seeds": seeds,
    }
    project = here(set_, settings("bench.", given))
    surroundings = world(terminal)
    folder = begin(project.loaded, name=name, world=surroundings)
    terminal.say(f"run {folder.id}")
    document = run(folder, project.loaded.config, project.root, surroundings).document()
    terminal.show(document, outcome_table(document))


def _split(text: str | None) -> list[str] | None:
    return None if text is None else [word.strip() for word in text.split(",") if word.strip()]
