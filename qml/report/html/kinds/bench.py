"""A benchmark."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report.html.parts import number
from qml.report.markup import Markup


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was run."""
    return f"suite {outcome['suite']['name']}, {outcome['metrics']['cells']} cells"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield how many cells there are."""
    yield number("cells", str(outcome["metrics"]["cells"]), "of the suite")


SECTIONS = ()
