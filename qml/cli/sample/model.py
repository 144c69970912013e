"""`qml sample model`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.flags import settings
from qml.cli.options import Fresh, Json, MaxCost, NoInput, OnUnknown, Quiet, Set, Yes
from qml.cli.sample.options import Backend, DryRun, Name
from qml.report.terminal import Terminal


def model(
    run: Annotated[
        str | None,
        typer.Argument(metavar="RUN", help="A run that trained one: id, prefix or name."),
    ] = None,
    number: Annotated[
        int | None, typer.Option("-n", "--number", min=1, help="Rows to draw.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File of the rows: .csv or .npz.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Root seed; all others derive from it.")
    ] = None,
    backend: Backend = None,
    set_: Set = None,
    name: Name = None,
    dry_run: DryRun = False,
    max_cost: MaxCost = None,
    yes: Yes = False,
    fresh: Fresh = False,
    on_unknown: OnUnknown = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Draw new rows from a generative model that `qml train` trained."""
    from qml.cli.sample.flow import carry_through

    given = {"model.run": run, "model.count": number, "model.output": output, "seed": seed}
    carry_through(
        ["sample.kind=model", *settings("sample.", given)],
        set_,
        Terminal(json=json, quiet=quiet, no_input=no_input),
        name=name,
        backend=backend,
        dry_run=dry_run,
        yes=yes,
        most=max_cost,
        fresh=fresh,
        on_unknown=on_unknown,
    )
