"""A classical model of a benchmark."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, number
from qml.report.html.parts import section as block
from qml.report.markup import Markup
from qml.report.values import short


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was trained."""
    return f"{outcome['rival']}, a classical model"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield its accuracy."""
    metrics = outcome["metrics"]
    accuracy = numbers.decimal(metrics["test_accuracy"], 3)
    yield number("accuracy", accuracy, f"on {metrics['test_rows']:,} test rows")


def settings(document: ReportDocument) -> Markup | None:
    """Return its hyper-parameters."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    return block(
        "Settings", facts((key, short(value)) for key, value in outcome["settings"].items())
    )


SECTIONS = (settings,)
