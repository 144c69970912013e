"""`qml train`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qml.cli.options import Json, NoInput, Quiet, Set
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.tasks.project import Project


def train(
    backend: Annotated[
        str | None,
        typer.Option("--backend", "-b", help="Where circuits run: jax, lightning, qsim, auto, ..."),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="A CSV, Parquet or NPZ file; data.path.")
    ] = None,
    set_: Set = None,
    name: Annotated[
        str | None, typer.Option("--name", "-n", help="Name of the run, to find it again.")
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline/--no-baseline", help="Train the classical rivals too.")
    ] = True,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the plan and its price; run nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask before spending money.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Train the model of qml.toml beside its classical baselines."""
    del yes  # nothing here costs money yet; scripts may say it all the same
    from qml.cli.project import here

    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    flags = [f"backend.name={backend}"] if backend else []
    flags += [f"data.path='{data.resolve()}'"] if data else []
    flags += [] if baseline else ["baselines.enabled=false"]
    project = here(set_, flags)
    if dry_run:
        _plan(project, terminal)
    else:
        _train(project, name, terminal)


def _plan(project: "Project", terminal: Terminal) -> None:
    from qml.cli.project import world
    from qml.report.tables.plan import plan_table
    from qml.tasks.train import plan

    document = plan(project.loaded, world(terminal)).document()
    terminal.show(document, plan_table(document))


def _train(project: "Project", name: str | None, terminal: Terminal) -> None:
    from qml.cli.project import world
    from qml.report.tables.train import train_table
    from qml.tasks.train import begin, run

    surroundings = world(terminal)
    folder = begin(project.loaded, name=name, world=surroundings)
    terminal.say(f"run {folder.id}")
    document = run(folder, project.loaded.config, project.root, surroundings).document()
    terminal.show(document, train_table(document))
