"""A benchmark against its baseline: what got worse, what got better, what is missing."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import against, words
from qml.report.tables.layout import Adaptive, Field, heading, pairs, table

_FIELDS = (
    Field(title=against.HEADS[0], whole=False),
    Field(title=against.HEADS[1], whole=False),
    Field(title=against.HEADS[2], align="right"),
    Field(title=against.HEADS[3], align="right"),
    Field(title=against.HEADS[4], align="right"),
    Field(title=against.HEADS[5], align="right", yields=1),
    Field(title=against.HEADS[6], yields=2, whole=False),
)
_MOST = 20


def against_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.bench-against/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for state, title in (("worse", "got worse"), ("better", "got better")):
        rows = [against.cells(row) for row in against.called(document, state)]
        if rows:
            more = f"{len(rows) - _MOST} more are in the document" if len(rows) > _MOST else ""
            parts += [heading(title, more), table(_FIELDS, rows[:_MOST], width), ""]
    if document["lost"]:
        parts += [heading("lost"), *document["lost"][:_MOST], ""]
    whole = [c for c in document["changes"] if c["data"] is None]
    rest = [against.cells(row) for row in whole if row["state"] == "no change shown"]
    if rest:
        parts += [heading("no change shown"), table(_FIELDS, rest[:_MOST], width), ""]
    colour = "green" if document["passed"] else "red"
    foot = pairs(
        [
            ("rule", against.rule(document)),
            ("beside", "\n".join(against.beside(document))),
            ("cost", words.cost(document["cost"])),
        ]
    )
    return [*parts, Text(document["verdict"], style=f"bold {colour}"), "", foot]
