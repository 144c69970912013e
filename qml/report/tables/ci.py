"""`qml ci`: what was written, and what to do next."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report.tables.layout import heading, pairs


def init_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.ci-init/1`."""
    stage = f"{document['backend']}, at most {document['cap']}"
    return Group(
        heading(f"pipeline for {document['provider']}", ""),
        pairs(
            [
                *(("written", name) for name in document["written"]),
                *(("unchanged", name) for name in document["unchanged"]),
                ("hardware", f"{stage}, started by a label or the schedule"),
                *(("next", line) for line in document["next"]),
            ]
        ),
    )


def report_text(text: str) -> RenderableType:
    """Show the comment of a pipeline as it is written."""
    return Text(text)
