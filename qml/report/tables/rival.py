"""A cell of a benchmark: what a rival came to."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from qml.report.tables.layout import heading, pairs
from qml.report.values import inline


def rival_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.rival/1`."""
    return Group(
        heading(document["name"] or document["run_id"], document["verdict"]),
        pairs([("numbers", inline(document["metrics"])), ("run", document["run_dir"])]),
    )
