"""`qml sample qubo`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.durations import seconds
from qml.cli.flags import settings
from qml.cli.options import Fresh, Json, MaxCost, NoInput, OnUnknown, Quiet, Set, Yes
from qml.cli.sample.options import Backend, DryRun, Name
from qml.report.terminal import Terminal


def qubo(
    file: Annotated[
        Path | None,
        typer.Argument(help="The problem: .coo, .json, .lp, .mps or .qps; sample.qubo.file."),
    ] = None,
    instance: Annotated[
        str | None,
        typer.Option("--instance", help="A well-known problem: labs:12, maxcut:petersen, ..."),
    ] = None,
    solver: Annotated[
        list[str] | None, typer.Option("--solver", "-s", help="A solver by name. Repeatable.")
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option("--budget", parser=seconds, metavar="TIME", help="Time of each solver."),
    ] = None,
    evaluations: Annotated[
        int | None,
        typer.Option("--evaluations", min=1, help="Objective evaluations of each solver."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Root seed.")] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The best assignments as .json."),
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
    """Solve a binary quadratic problem with several solvers side by side."""
    from qml.cli.sample.flow import carry_through

    given = {
        "qubo.file": file,
        "qubo.instance": instance,
        "qubo.solvers": solver,
        "qubo.seconds": budget,
        "qubo.evaluations": evaluations,
        "qubo.output": output,
        "seed": seed,
    }
    carry_through(
        ["sample.kind=qubo", *settings("sample.", given)],
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
