"""A trial of a command of the user's: the number that it came to."""

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, number
from qml.report.html.parts import section as block
from qml.report.markup import Markup
from qml.report.values import short


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was run."""
    return shlex.join(outcome["words"])


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the number that it came to."""
    metrics = outcome["metrics"]
    yield number("value", numbers.decimal(metrics["value"], 6), "of the command")
    yield number("time", numbers.seconds(metrics["seconds"]), "of the command")


def settings(document: ReportDocument) -> Markup | None:
    """Return what was put into the command."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    return block("Settings", facts((key, short(value)) for key, value in outcome["values"].items()))


SECTIONS = (settings,)
