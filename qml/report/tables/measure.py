"""A cell of a benchmark: what a measurement came to."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from qml.report import numbers, words
from qml.report.tables.layout import heading, pairs
from qml.report.values import inline


def measure_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.measure/1`."""
    repetitions = [f"{name} {len(found)}" for name, found in document["samples"].items()]
    return Group(
        heading(document["name"] or document["run_id"], document["kind"]),
        pairs(
            [
                ("skipped", document["skipped"] or ""),
                *((key, numbers.decimal(value)) for key, value in document["metrics"].items()),
                ("repetitions", ", ".join(repetitions)),
                ("options", inline(document["options"])),
                ("facts", inline(document["facts"])),
                ("cost", words.cost(document["cost"])),
                ("run", document["run_dir"]),
            ]
        ),
    )
