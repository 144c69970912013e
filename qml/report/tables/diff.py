"""`qml runs diff`: why two runs differ, first cause first."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report.tables.layout import Adaptive, Field, heading, table
from qml.report.values import short


def diff_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.diff/1`."""
    left, right = document["left"], document["right"]
    found = document["differences"]
    if not found:
        return Text(f"{left} and {right} agree in everything that decides a result")
    fields = (
        Field(title="cause"),
        Field(title="what", whole=False),
        Field(title=left, whole=False),
        Field(title=right, whole=False),
    )
    rows = _rows(found)
    first = f"first cause: {found[0]['cause']}"
    return Adaptive(
        lambda width: Group(heading(f"{left} and {right}", first), table(fields, rows, width))
    )


def _rows(differences: list[Mapping[str, Any]]) -> list[list[str | Text]]:
    rows: list[list[str | Text]] = []
    for cause, group in groupby(differences, key=lambda d: d["cause"]):
        for i, found in enumerate(group):
            mark = Text(cause if i == 0 else "", style="bold")
            rows.append([mark, found["path"], short(found["left"]), short(found["right"])])
    return rows
