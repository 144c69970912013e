"""`qml config`: every key, its value, and where the value came from."""

import json
from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from qml.report.tables.layout import Adaptive, Field, table

_FIELDS = (
    Field(title="key"),
    Field(title="value", whole=False),
    Field(title="set by", whole=False),
)


def config_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.config/1` with origins."""
    rows = [_row(entry) for entry in document["entries"]]
    return Adaptive(lambda width: table(_FIELDS, rows, width))


def _row(entry: Mapping[str, Any]) -> list[str | Text]:
    style = "dim" if entry["origin"] == "default" else ""
    value = "" if entry["value"] is None else json.dumps(entry["value"], ensure_ascii=False)
    return [Text(entry["key"], style), Text(value, style), Text(entry["origin"], style)]
