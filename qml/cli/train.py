"""`qml train`."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qml.cli.flags import setting
from qml.cli.options import Fresh, Json, MaxCost, NoInput, OnUnknown, Quiet, Set, Yes
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.config import Loaded
    from qml.tasks.project import Project


def train(
    backend: Annotated[
        str | None,
        typer.Option(
            "--backend", "-b", help="Where circuits run: jax, qsim, auto, ionq, ionq.forte-1, ..."
        ),
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
    max_cost: MaxCost = None,
    yes: Yes = False,
    fresh: Fresh = False,
    on_unknown: OnUnknown = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Train the model of qml.toml beside its classical baselines."""
    from qml.cli.project import here

    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    flags = [f"backend.name={backend}", "backend.route=[]"] if backend else []
    flags += [setting("data.path", data)] if data else []
    flags += [] if baseline else ["baselines.enabled=false"]
    flags += ["backend.reuse=false"] if fresh else []
    flags += [f"backend.on_unknown={on_unknown}"] if on_unknown else []
    project = here(set_, flags)
    if dry_run:
        _plan(project, terminal)
    else:
        _train(project, name, terminal, yes=yes, most=max_cost)


def _plan(project: "Project", terminal: Terminal) -> None:
    from qml.cli.project import world
    from qml.report.tables.plan import plan_table
    from qml.tasks.train import plan

    document = plan(project.loaded, world(terminal)).document()
    terminal.show(document, plan_table(document))


def _train(
    project: "Project", name: str | None, terminal: Terminal, *, yes: bool, most: Decimal | None
) -> None:
    from qml.cli.project import world
    from qml.cli.spend import agree
    from qml.report.tables.outcome import outcome_table
    from qml.tasks.carry import leaves_this_machine
    from qml.tasks.train import begin, run

    surroundings = world(terminal)
    loaded: Loaded = project.loaded
    routing = None
    if leaves_this_machine(loaded.config):
        from qml.tasks.train import offer

        found = offer(loaded, surroundings)
        agree(found.plan, found.loaded, terminal, surroundings, yes=yes, most=most)
        loaded, routing = found.loaded, found.routing
    folder = begin(loaded, name=name, world=surroundings, routing=routing, most=most)
    terminal.say(f"run {folder.id}")
    document = run(folder, loaded.config, project.root, surroundings).document()
    terminal.show(document, outcome_table(document))
