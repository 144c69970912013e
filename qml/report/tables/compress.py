"""`qml compress`: the teacher, what was chosen, and its rivals."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers
from qml.report.tables.layout import Adaptive, Field, heading, table

_FIELDS = (
    Field(title="method"),
    Field(title="by"),
    Field(title="bits", align="right"),
    Field(title="KL", align="right"),
    Field(title="perplexity", align="right"),
)


def compress_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.compress/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    yield heading("compress", document["model"]["source"])
    yield ""
    yield table(_FIELDS, [_row(row) for row in document["rows"]], width)
    yield ""
    yield Text(document["verdict"], style="bold")


def _row(row: Mapping[str, Any]) -> list[str]:
    return [
        row["method"],
        row["label"],
        numbers.decimal(row.get("payload_bpw"), 4),
        numbers.decimal(row["kl"], 4),
        numbers.decimal(row["perplexity"], 4),
    ]
