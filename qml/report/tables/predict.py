"""`qml predict`: how many predictions went where."""

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType

from qml.report import numbers, words
from qml.report.tables.layout import pairs


def predict_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.predict/1`."""
    return pairs(
        [
            ("run", document["run_id"]),
            ("predictions", f"{words.plural(document['rows'], 'row')} in {document['output']}"),
            ("columns", ", ".join(document["columns"])),
            ("accuracy", _accuracy(document)),
        ]
    )


def _accuracy(document: Mapping[str, Any]) -> str:
    if document["accuracy"] is None:
        return ""
    low, high = (numbers.percent(bound) for bound in document["accuracy_ci"])
    return f"{numbers.percent(document['accuracy'])} ({low} to {high}) on {document['input']}"
