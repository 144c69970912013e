"""A measurement of a benchmark."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, number
from qml.report.html.parts import section as block
from qml.report.markup import Markup
from qml.report.values import short


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was measured."""
    return f"measurement {outcome['kind']}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield its numbers."""
    for name, value in outcome["metrics"].items():
        yield number(name, numbers.decimal(value, 4), "measured")


def settings(document: ReportDocument) -> Markup | None:
    """Return what it was given, and what else there is to know."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    given = {**outcome["options"], **outcome["facts"]}
    return block("Settings", facts((key, short(value)) for key, value in given.items()))


SECTIONS = (settings,)
