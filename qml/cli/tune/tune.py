"""`qml tune` without a subcommand: run a study, or go on with one."""

from enum import StrEnum
from typing import Annotated

import typer

from qml.cli.durations import seconds
from qml.cli.options import Json, MaxCost, NoInput, Quiet, Set, Yes
from qml.report.terminal import Terminal


class Direction(StrEnum):
    """Whether more or less of the metric is better."""

    MAX = "max"
    MIN = "min"


class Pruner(StrEnum):
    """What stops hopeless trainings."""

    NONE = "none"
    MEDIAN = "median"
    HYPERBAND = "hyperband"


class Rival(StrEnum):
    """What is run beside the sampler."""

    NONE = "none"
    RANDOM = "random"


def tune(
    context: typer.Context,
    trials: Annotated[int | None, typer.Option("--trials", "-n", help="Trials in all.")] = None,
    sampler: Annotated[
        str | None, typer.Option("--sampler", help="auto, tpe, qubo, linear, random or cma.")
    ] = None,
    parallel: Annotated[
        int | None, typer.Option("--parallel", help="Trials at a time, a process each.")
    ] = None,
    study: Annotated[
        str | None, typer.Option("--study", help="Name of the study; go on where it exists.")
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget", parser=seconds, metavar="TIME", help="Begin no trial later: 10m, 2h."
        ),
    ] = None,
    metric: Annotated[
        str | None, typer.Option("--metric", help="What is judged: a key of the outcome.")
    ] = None,
    direction: Annotated[
        Direction | None, typer.Option("--direction", help="Whether more or less is better.")
    ] = None,
    pruner: Annotated[
        Pruner | None, typer.Option("--pruner", help="Give hopeless trainings up early.")
    ] = None,
    compare: Annotated[
        Rival | None, typer.Option("--compare", help="Run as many random trials beside it.")
    ] = None,
    repeats: Annotated[
        int | None, typer.Option("--repeats", help="Searches with other seeds, for intervals.")
    ] = None,
    refit: Annotated[
        bool | None,
        typer.Option("--refit/--no-refit", help="Train the best once more and test it."),
    ] = None,
    command: Annotated[
        str | None,
        typer.Option("--command", help="Tune a command of yours, e.g. 'train.py --lr {lr}'."),
    ] = None,
    metric_from: Annotated[
        str | None,
        typer.Option("--metric-from", help="stdout (its last line), or 'acc=([0-9.]+)'."),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", parser=seconds, metavar="TIME", help="Time of one command."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Root seed of the search.")] = None,
    set_: Set = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the run.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the plan and its price; run nothing.")
    ] = False,
    max_cost: MaxCost = None,
    yes: Yes = False,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Tune what [tune.space] in qml.toml names; every trial is a run of its own."""
    if context.invoked_subcommand is not None:
        return
    from qml.cli.tune.flow import carry_through, flags_of

    given = {
        "trials": trials,
        "sampler": sampler,
        "parallel": parallel,
        "study": study,
        "seconds": budget,
        "metric": metric,
        "direction": direction,
        "pruner": pruner,
        "rival": compare,
        "repeats": repeats,
        "refit": refit,
        "command": command,
        "metric_from": metric_from,
        "timeout": timeout,
        "seed": seed,
    }
    carry_through(
        flags_of(given),
        set_,
        Terminal(json=json, quiet=quiet, no_input=no_input),
        name=name,
        dry_run=dry_run,
        yes=yes,
        most=max_cost,
    )
