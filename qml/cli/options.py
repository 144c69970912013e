"""Options that several commands share."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
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


MOST_MONEY = 10**9
"""The ledger holds some more in one amount."""


def parse_money(text: str | Decimal) -> Decimal:
    """Read a sum of money.

    Raises:
        BadParameter: It is no amount of zero or more, or more than the ledger can hold.
    """
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise typer.BadParameter(f"{text} is no amount of money, e.g. 25.00") from None
    if not amount.is_finite() or not 0 <= amount <= MOST_MONEY:
        raise typer.BadParameter(f"{text} is no amount of money, e.g. 25.00")
    return amount


class Unknown(StrEnum):
    """What to do with a submission whose outcome stays unknown."""

    STOP = "stop"
    RESUBMIT = "resubmit"


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
MaxCost = Annotated[
    Decimal | None,
    typer.Option(
        "--max-cost",
        metavar="AMOUNT",
        parser=parse_money,
        help="Never spend more than this on the run, over all its sessions.",
    ),
]
MaxCostHere = Annotated[
    Decimal | None,
    typer.Option(
        "--max-cost",
        metavar="AMOUNT",
        parser=parse_money,
        help="Never spend more than this on these answers.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before spending money.")]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Buy anew what was paid for before, as another sample.")
]
OnUnknown = Annotated[
    Unknown | None,
    typer.Option(
        "--on-unknown",
        help="A paid submission whose outcome stays unknown: stop (exit 4), or send it again.",
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set a key, e.g. train.epochs=5. Repeatable."),
]
