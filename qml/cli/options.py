"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer


def complete_run(incomplete: str) -> list[str]:
    """Complete the id of a run from the folder `runs`."""
    folder = Path("runs")
    if not folder.is_dir():
        return []
    found = [p.name for p in folder.iterdir() if not p.name.startswith(".")]
    return sorted((name for name in found if name.startswith(incomplete)), reverse=True)


RunArgument = Annotated[
    str,
    typer.Argument(
        metavar="RUN",
        help="Id of a run, a unique prefix of one, or its name.",
        autocompletion=complete_run,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no talk.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Never ask.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set a key, e.g. train.epochs=5. Repeatable."),
]
