"""`qml sample ising`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.durations import seconds
from qml.cli.flags import settings
from qml.cli.options import Fresh, Json, MaxCost, NoInput, OnUnknown, Quiet, Set, Yes
from qml.cli.sample.options import Backend, DryRun, Name
from qml.report.terminal import Terminal


def ising(
    file: Annotated[
        Path | None,
        typer.Argument(help="The problem: Ising .json, .coo, .lp or .mps; sample.ising.file."),
    ] = None,
    temperature: Annotated[
        float | None,
        typer.Option("--temperature", "-T", help="T of exp(-E/T), in units of the energy."),
    ] = None,
    number: Annotated[
        int | None, typer.Option("-n", "--number", help="Samples to deliver from each method.")
    ] = None,
    method: Annotated[
        list[str] | None, typer.Option("--method", help="A sampler by name. Repeatable.")
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option("--budget", parser=seconds, metavar="TIME", help="Time of each method."),
    ] = None,
    evaluations: Annotated[
        int | None, typer.Option("--evaluations", help="Energy evaluations of each method.")
    ] = None,
    chains: Annotated[
        int | None, typer.Option("--chains", help="Markov chains of each method.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Samples of the best method: .csv or .npz."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Root seed.")] = None,
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
    """Draw Boltzmann samples of an Ising model, by several methods side by side."""
    from qml.cli.sample.flow import carry_through

    given = {
        "ising.file": file,
        "ising.temperature": temperature,
        "ising.count": number,
        "ising.methods": method,
        "ising.seconds": budget,
        "ising.evaluations": evaluations,
        "ising.chains": chains,
        "ising.output": output,
        "seed": seed,
    }
    carry_through(
        ["sample.kind=ising", *settings("sample.", given)],
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
