"""`qml sample` without a subcommand."""

import typer

from qml.cli.options import Fresh, Json, MaxCost, NoInput, OnUnknown, Quiet, Set, Yes
from qml.cli.sample.options import Backend, DryRun, Name
from qml.report.terminal import Terminal


def sample(
    context: typer.Context,
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
    """Do what [sample] in qml.toml says."""
    if context.invoked_subcommand is not None:
        return
    from qml.cli.sample.flow import carry_through

    carry_through(
        [],
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
