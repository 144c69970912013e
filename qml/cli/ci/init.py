"""`qml ci init`."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import typer

from qml.cli.options import Json, parse_money
from qml.report.terminal import Terminal


class Provider(StrEnum):
    """Who runs the pipeline."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GENERIC = "generic"


def init(
    provider: Annotated[
        Provider, typer.Option("--provider", "-p", help="generic is a shell script for any other.")
    ] = Provider.GITHUB,
    backend: Annotated[
        str | None,
        typer.Option("--backend", "-b", help="Machine of the hardware stage, e.g. ionq.forte-1."),
    ] = None,
    cap: Annotated[
        Decimal,
        typer.Option(
            "--cap",
            metavar="AMOUNT",
            parser=parse_money,
            help="Most that one hardware stage may spend.",
        ),
    ] = Decimal("60.00"),
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that are there and differ.")
    ] = False,
    json: Json = False,
) -> None:
    """Write a pipeline: lint, tests, noise, benchmark against the target branch, one comment."""
    from qml.cli.project import here
    from qml.report.tables.ci import init_table
    from qml.tasks.ci.init import init as write

    document = write(
        here().loaded, provider.value, backend=backend, cap=cap, force=force
    ).document()
    Terminal(json=json).show(document, init_table(document))
