"""`qml budget set`."""

from decimal import Decimal
from typing import Annotated

import typer

from qml.cli.options import Json, parse_money
from qml.errors import UsageError
from qml.report.terminal import Terminal

NONE = "none"


def parse_cap(text: str) -> Decimal | str:
    """Read an amount, or `none`, which lifts a cap."""
    return NONE if text == NONE else parse_money(text)


def _option(name: str, what: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(
        name, metavar="AMOUNT", parser=parse_cap, help=f"{what}; `none` lifts it."
    )
    return found


Cap = Decimal | None


def set_budget(
    run: Annotated[Cap, _option("--run", "Most that any one run may cost")] = None,
    day: Annotated[Cap, _option("--day", "Most for one day (UTC)")] = None,
    month: Annotated[Cap, _option("--month", "Most for one month (UTC)")] = None,
    project: Annotated[Cap, _option("--project", "Most for the project altogether")] = None,
    json: Json = False,
) -> None:
    """Set caps in the ledger; they hold for everybody who uses it, beside those of qml.toml."""
    given = {"run": run, "day": day, "month": month, "project": project}
    caps = {
        scope: None if str(cap) == NONE else cap for scope, cap in given.items() if cap is not None
    }
    if not caps:
        raise UsageError("no cap was given", hint="e.g. qml budget set --run 50 --month 500")
    from qml.cli.project import here, world
    from qml.report.tables.money import budget_table
    from qml.tasks.budget import set_budget as set_caps

    terminal = Terminal(json=json)
    document = set_caps(here().loaded, world(terminal), caps)
    terminal.show(document, budget_table(document))
