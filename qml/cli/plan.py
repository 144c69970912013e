"""`qml plan`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qml.cli.flags import setting
from qml.cli.options import Json, Set
from qml.report.terminal import Terminal


class Task(StrEnum):
    """What can be planned."""

    TRAIN = "train"


def plan(
    task: Annotated[Task, typer.Argument(metavar="[TASK]", help="What to plan: train.")] = (
        Task.TRAIN
    ),
    backend: Annotated[
        list[str] | None,
        typer.Option("--backend", "-b", help="A backend to plan it on. Repeatable, side by side."),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="A CSV, Parquet or NPZ file; data.path.")
    ] = None,
    set_: Set = None,
    json: Json = False,
) -> None:
    """Show what a command would run and cost, on one backend or several; nothing is spent."""
    del task  # the only one so far
    from qml.cli.project import here, world
    from qml.report.tables.plan import plan_table
    from qml.tasks.train import plan as plan_training

    terminal = Terminal(json=json)
    project = here(set_, [setting("data.path", data)] if data else [])
    section = project.loaded.config.backend
    names = backend or ([] if section.route else [section.name])
    document = plan_training(project.loaded, world(terminal), names).document()
    terminal.show(document, plan_table(document))
