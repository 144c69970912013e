"""`qml predict`: how many predictions went where."""

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType

from qml.report import numbers, words
from qml.report.tables.layout import pairs


def predict_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.predict/1`."""
    accuracy = document.get("accuracy")
    return pairs(
        [
            ("run", document["run_id"]),
            ("predictions", f"{words.plural(document['rows'], 'row')} in {document['output']}"),
            ("columns", ", ".join(document["columns"])),
            ("accuracy", "" if accuracy is None else numbers.percent(accuracy)),
        ]
    )
