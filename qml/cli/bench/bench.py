"""`qml bench` without a subcommand: run a suite, or go on with one."""

from typing import Annotated

import typer

from qml.cli.bench.held import Against, AllowMissing, Bencher, FailOn, Markdown
from qml.cli.flags import settings, several
from qml.cli.options import Json, MaxCost, NoInput, Quiet, Set, Yes
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
    parallel: Annotated[
        int | None, typer.Option("--parallel", help="Cells at a time, a process each.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Run every cell anew, also those that ran before.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run that was interrupted.")
    ] = False,
    set_: Set = None,
    name: Annotated[str | None, typer.Option("--name", "-n", help="Name of the run.")] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="List the cells: cached, or why they would run; the price."),
    ] = False,
    against: Against = None,
    fail_on: FailOn = "5%",
    allow_missing: AllowMissing = False,
    markdown: Markdown = None,
    bencher: Bencher = None,
    max_cost: MaxCost = None,
    yes: Yes = False,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Run a suite; every cell is a run of its own, and none is run twice."""
    if context.invoked_subcommand is not None:
        return
    from qml.cli.bench.flow import carry_through
    from qml.cli.bench.flow import dry_run as list_cells
    from qml.cli.bench.held import prepare, show
    from qml.cli.project import here, world

    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    given = {
        "suite": suite,
        "models": several(models),
        "data": several(data),
        "backends": several(backends),
        "seeds": seeds,
        "parallel": parallel,
        "fresh": fresh or None,
    }
    project = here(set_, settings("bench.", given))
    surroundings = world(terminal)
    held = prepare(project, against, fail_on, markdown, bencher, allow_missing=allow_missing)
    if dry_run:
        list_cells(project, terminal, surroundings)
        return
    document = carry_through(
        project, terminal, surroundings, name=name, resume=resume, yes=yes, most=max_cost
    )
    show(document, held, terminal)
