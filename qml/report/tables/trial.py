"""A trial of a command of the user's."""

import shlex
from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType

from qml.report import numbers
from qml.report.tables.layout import heading, pairs
from qml.report.values import inline


def trial_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.trial/1`."""
    metrics = document["metrics"]
    return Group(
        heading(document["name"] or document["run_id"], document["verdict"]),
        pairs(
            [
                ("value", numbers.decimal(metrics["value"], 6)),
                ("settings", inline(document["values"])),
                ("command", shlex.join(document["words"])),
                ("time", numbers.seconds(metrics["seconds"])),
                ("run", document["run_dir"]),
            ]
        ),
    )
