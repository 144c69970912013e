"""`qml runs diff`: why two runs differ, first cause first."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report.tables.layout import Adaptive, Cell, Field, heading, table
from qml.report.values import short

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


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
    title = heading(f"{left} and {right}", first)
    sources = [_source(d["path"], d["diff"]) for d in found if d.get("diff")]
    return Adaptive(lambda width: Group(title, "", table(fields, rows, width), *sources))


def _rows(differences: Sequence[Mapping[str, Any]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for cause, group in groupby(differences, key=lambda d: d["cause"]):
        for i, found in enumerate(group):
            style = "" if found.get("matters", True) else "dim"
            cells = (found["path"], short(found["left"]), short(found["right"]))
            mark = Text(cause if i == 0 else "", style="bold")
            rows.append([mark, *(Text(cell, style) for cell in cells)])
    return rows


def _source(path: str, diff: str) -> Text:
    """Return what changed in a source file, as a unified diff."""
    text = Text(f"\n{path}\n", style="bold")
    for line in diff.splitlines():
        text.append(f"{line}\n", f"not bold {_COLOURS.get(line[:1], '')}")
    text.rstrip()
    return text
