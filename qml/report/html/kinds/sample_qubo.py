"""Solvers side by side on one problem."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report.html.parts import number
from qml.report.markup import Markup

SECTIONS = ()


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was done, and where."""
    return f"{outcome['problem']['variables']} variables"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the best objective of each solver."""
    for row in outcome["solvers"]:
        yield number(row["solver"], f"{row['best']}", f"{row['evaluations']:,} evaluations")
