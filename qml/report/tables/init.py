"""`qml init`: what was made, and what to type next."""

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType

from qml.report import words
from qml.report.tables.layout import pairs


def init_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.init/1`."""
    files = words.plural(len(document["files"]), "file")
    return pairs(
        [
            ("project", f"{document['path']} ({document['template']}, {files})"),
            ("next", "\n".join(document["next"])),
        ]
    )
