"""`qml sample qubo`: one row per solver."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from qml.report.tables.layout import Adaptive, Field, heading, table

_FIELDS = (
    Field(title="solver"),
    Field(title="best", align="right"),
    Field(title="evaluations", align="right", yields=1),
)


def qubo_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.sample-qubo/1`."""
    rows = [(r["solver"], f"{r['best']}", f"{r['evaluations']:,}") for r in document["solvers"]]
    title = heading("sample qubo", document["problem"]["file"])
    return Adaptive(lambda width: Group(title, table(_FIELDS, rows, width)))
