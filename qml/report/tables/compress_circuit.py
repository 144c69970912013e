"""`qml compress run:RUN`: the whole model and its cuts."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers
from qml.report.tables.layout import Adaptive, Field, heading, table

_FIELDS = (
    Field(title="by"),
    Field(title="2-qubit", align="right"),
    Field(title="depth", align="right"),
    Field(title="parameters", align="right"),
    Field(title="test accuracy", align="right"),
    Field(title="95 % interval", align="right"),
    Field(title="KL", align="right"),
    Field(title="train loss", align="right"),
    Field(title="price", align="right"),
)


def circuit_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.compress-circuit/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    yield heading("compress", document["model"]["source"])
    yield ""
    yield table(_FIELDS, [_row(row) for row in document["rows"]], width)
    yield ""
    yield Text(document["verdict"], style="bold")
    for note in document["notes"]:
        yield Text(note)


def _row(row: Mapping[str, Any]) -> list[str]:
    return [
        row["label"] + (" (kept)" if row["chosen"] else ""),
        numbers.count(row["two_qubit"]),
        numbers.count(row["depth"]),
        numbers.count(row["parameters"]),
        numbers.percent(row["accuracy"]),
        numbers.interval(row["accuracy_ci"]),
        numbers.decimal(row["kl"], 3),
        numbers.decimal(row["train_loss"], 4),
        f"{float(row['price']['expected']):,.2f} {row['price']['currency']}",
    ]
