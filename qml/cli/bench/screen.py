"""`qml bench screen DATA`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.flags import setting, settings
from qml.cli.options import Json, NoInput, Quiet, Set
from qml.errors import UsageError
from qml.report.terminal import Terminal


def screen(
    data: Annotated[
        str | None,
        typer.Argument(metavar="DATA", help="A registered data set, or a file; else [data]."),
    ] = None,
    feature_map: Annotated[
        list[str] | None,
        typer.Option("--feature-map", "-m", help="iqp, zz, separable, ... Repeatable."),
    ] = None,
    repeats: Annotated[
        int | None, typer.Option("--repeats", min=1, help="Repetitions of the feature map.")
    ] = None,
    rows: Annotated[
        int | None, typer.Option("--rows", min=20, help="Training rows, at most.")
    ] = None,
    features: Annotated[
        int | None, typer.Option("--features", min=1, help="Principal components.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Root seed.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the page to this file as well.")
    ] = None,
    set_: Set = None,
    name: Annotated[str | None, typer.Option("--name", "-n", help="Name of the run.")] = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Ask whether there is any point in using a quantum kernel on some data."""
    from qml.cli.project import here, world
    from qml.report.tables.outcome import outcome_table
    from qml.tasks.report import write_report
    from qml.tasks.screen import begin, run

    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    given = {
        "screen.feature_maps": feature_map,
        "screen.repeats": repeats,
        "screen.rows": rows,
        "data.features": features,
        "screen.seed": seed,
    }
    project = here(set_, [*_named(data), *settings("", given)])
    surroundings = world(terminal)
    folder = begin(project.loaded, name=name, world=surroundings)
    terminal.say(f"run {folder.id}")
    document = run(folder, project.loaded.config, project.root, surroundings).document()
    if output is not None:
        write_report(folder, output)
    terminal.show(document, outcome_table(document))


def _named(data: str | None) -> list[str]:
    """Write DATA as `data.name` or `data.path`, in the place of what the project names.

    A registered name wins over a file of the same name; `./digits` is the file.
    """
    from qml.plugins import names

    if data is None:
        return []
    if data in names("datasets"):
        return [setting("data.name", data)]
    if not Path(data).is_file():
        raise UsageError(
            f"`{data}` is neither a data set nor a file",
            hint=f"data sets: {', '.join(names('datasets'))}; files: .csv, .parquet, .npz",
        )
    return [setting("data.path", Path(data))]
