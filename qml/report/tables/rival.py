"""A cell of a benchmark: what a rival came to."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from qml.report import numbers, words
from qml.report.tables.layout import heading, pairs
from qml.report.values import inline


def rival_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.rival/1`."""
    metrics = document["metrics"]
    return Group(
        heading(document["name"] or document["run_id"], document["verdict"]),
        pairs(
            [
                ("rival", words.label(document["rival"])),
                ("test accuracy", numbers.percent(metrics["test_accuracy"])),
                ("95 % interval", numbers.interval(metrics.get("test_accuracy_ci"))),
                ("train accuracy", numbers.percent(metrics.get("train_accuracy"))),
                ("time", numbers.seconds(metrics.get("train_seconds"))),
                ("settings", inline(document["settings"])),
                ("cost", words.cost(document["cost"])),
                ("run", document["run_dir"]),
            ]
        ),
    )
