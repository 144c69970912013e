"""`qml bench --dry-run`: which cells have their numbers, which would run and why, and the price."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import words
from qml.report.tables.layout import Adaptive, Cell, Field, heading, table

_FIELDS = (
    Field(title="model"),
    Field(title="data"),
    Field(title="backend"),
    Field(title="seed", align="right"),
    Field(title="state"),
    Field(title="why", whole=False),
    Field(title="price", align="right"),
)
_STATES = {
    "cached": "cached",
    "run": "would run",
    "resume": "would go on",
    "refused": "cannot run",
}


def bench_plan_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.bench-plan/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    suite, counts = document["suite"], document["counts"]
    told = ", ".join(f"{n:,} {_STATES[state]}" for state, n in counts.items() if n)
    yield heading(
        f"suite {suite['name']}", f"{words.plural(len(document['cells']), 'cell')}: {told}"
    )
    cost = document["cost"]
    fields = _FIELDS if cost is not None else _FIELDS[:-1]
    rows = [_row(cell)[: len(fields)] for cell in document["cells"]]
    yield table(fields, rows, width)
    if cost is not None:
        yield Text(f"price: {cost['expected']} {cost['currency']}, {cost['low']} to {cost['high']}")
    for warning in document["warnings"]:
        yield Text(f"warning: {warning}")


def _row(cell: Mapping[str, Any]) -> list[Cell]:
    price = cell["price"]
    return [
        cell["model"],
        cell["data"],
        cell["backend"],
        str(cell["seed"]),
        _STATES[cell["state"]],
        cell["why"],
        "" if price is None else f"{price['expected']} {price['currency']}",
    ]
