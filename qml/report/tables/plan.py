"""`--dry-run` and `qml plan`: what would run, how long it would take, what it would cost."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.tables.layout import Adaptive, Cell, Field, heading, pairs, table
from qml.report.tables.mitigation import method_table

_FIELDS = (
    Field(title="backend"),
    Field(title="circuits", align="right", yields=1),
    Field(title="jobs", align="right", yields=4),
    Field(title="shots", align="right", yields=2),
    Field(title="1q gates", align="right", yields=5),
    Field(title="2q gates", align="right", yields=3),
    Field(title="queue", align="right", yields=6),
    Field(title="expected", align="right"),
    Field(title="low to high", align="right", yields=1),
)


def plan_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.plan/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def purchase_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Say in plain lines what would be bought, to ask for consent."""
    row = document["backends"][0]
    price = row["price"]
    yield (
        f"{row['name']}: {words.plural(row['circuits'], 'circuit')} in"
        f" {words.plural(row['jobs'], 'job')}, {words.plural(row['shots'], 'shot')},"
        f" {words.plural(row['gates']['2q'], 'two-qubit gate')}"
    )
    yield f"price: {_price(price)}"
    yield from row["notes"]
    yield from document["advice"]


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    model, chosen = document["model"], document["chosen"]
    rows = [
        (
            "backend",
            f"{document['backend']}, chosen since {chosen}" if chosen else document["backend"],
        ),
        ("gradient", document["gradient"]),
        ("parameters", numbers.count(model["parameters"])),
        ("rows", ", ".join(f"{rows:,} {part}" for part, rows in document["rows"].items())),
        ("steps", _steps(document)),
        ("circuits", numbers.count(document["circuits"])),
        ("shots", numbers.count(document["shots"]) if document["shots"] else "none, exact"),
        ("memory", numbers.size(document["bytes"]) if document["bytes"] else ""),
        ("cost", _cost(document["cost"])),
    ]
    yield heading("plan", words.model_line(model))
    yield pairs(rows)
    if any(row["jobs"] for row in document["backends"]) or len(document["backends"]) > 1:
        yield from _purchases(document, width)
    if document.get("mitigation"):
        yield from method_table(document["mitigation"], width)
    yield from (Text(f"warning: {w}", style="yellow") for w in document["warnings"])
    yield Text("nothing was run and nothing was spent", style="dim")


def _purchases(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    backends = document["backends"]
    yield ""
    yield table(_FIELDS, [_row(row) for row in backends], width)
    yield ""
    for row in backends:
        vendor = row["price"]["vendor_estimate"]
        if vendor is not None and Decimal(vendor):
            yield Text(f"{row['name']}: the vendor itself estimates {_amount(vendor)}")
        name = f"{row['name']}: " if len(backends) > 1 else ""
        yield from (Text(f"{name}{note}") for note in row["notes"])
    yield from (Text(f"cheaper: {tip}", style="cyan") for tip in document["advice"])


def _row(row: Mapping[str, Any]) -> list[Cell]:
    price, queue = row["price"], row["queue_seconds"]
    free = Decimal(price["high"]) == 0
    return [
        Text(row["name"], style="bold"),
        numbers.count(row["circuits"]),
        numbers.count(row["jobs"]),
        numbers.count(row["shots"]),
        numbers.count(row["gates"]["1q"]),
        numbers.count(row["gates"]["2q"]),
        numbers.MISSING if queue is None else numbers.seconds(queue),
        "nothing" if free else f"{_amount(price['expected'])} {price['currency']}",
        "" if free else f"{_amount(price['low'])} to {_amount(price['high'])}",
    ]


def _steps(document: Mapping[str, Any]) -> str:
    if not document["epochs"]:  # no training
        return f"{document['steps']:,}, at most" if document["steps"] else ""
    return f"{document['steps']:,} in {words.plural(document['epochs'], 'epoch')}, at most"


def _cost(cost: Mapping[str, str]) -> str:
    return "nothing" if Decimal(cost["high"]) == 0 else f"about {_price(cost)}"


def _price(cost: Mapping[str, str]) -> str:
    low, high = _amount(cost["low"]), _amount(cost["high"])
    return f"{_amount(cost['expected'])} {cost['currency']} ({low} to {high})"


def _amount(text: str) -> str:
    return f"{Decimal(text):,.2f}"
