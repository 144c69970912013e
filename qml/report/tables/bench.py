"""A benchmark: its columns, what is more than noise, and what failed."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from qml.report import numbers
from qml.report.tables.layout import heading


def bench_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.bench/1`."""
    table = Table(box=None)
    for title in ("model", "role", "cells", document["suite"]["metric"]["title"]):
        table.add_column(title)
    for row in document["columns"]:
        mean = numbers.decimal(row["mean"], 4)
        table.add_row(row["model"], row["role"], str(row["cells"]), mean)
    return Group(heading(document["suite"]["title"], document["verdict"]), table)
