"""Options that all kinds of sampling share."""

from typing import Annotated

import typer

Backend = Annotated[
    str | None,
    typer.Option(
        "--backend", "-b", help="Where circuits run: jax, qsim, auto, ionq, ionq.forte-1, ..."
    ),
]
Name = Annotated[str | None, typer.Option("--name", help="Name of the run, to find it again.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print the plan and its price; run nothing.")
]
