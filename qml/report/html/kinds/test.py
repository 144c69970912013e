"""A test of a project."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report.html.document import ReportDocument
from qml.report.html.parts import number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.tables.test import reading_line


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was tested."""
    return f"{len(outcome['checks'])} checks, backend {outcome['backend']}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield how many passed, warned and failed."""
    metrics = outcome["metrics"]
    for state in ("passed", "warned", "failed"):
        yield number(state, str(metrics[state]), "checks")
    if outcome["own"]["cases"]:
        yield number("own tests", str(metrics["own_passed"]), f"{metrics['own_failed']} failed")


def checks(document: ReportDocument) -> Markup | None:
    """Return each check with its numbers beside their thresholds."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    rate = f"Failures by chance: at most {outcome['error_rate']:g} for all checks together."
    return block("Checks", *map(_check, outcome["checks"]), note=rate)


def own_tests(document: ReportDocument) -> Markup | None:
    """Return the project's own tests that did not pass."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    own = outcome["own"]
    failed = [c for c in own["cases"] if c["state"] == "failed"]
    listed = (tag("li", tag("code", c["name"]), " ", c["message"]) for c in failed)
    return block("The project's own tests", tag("p", own["why"]), tag("ul", listed))


def _check(check: Mapping[str, Any]) -> Markup:
    lines = (tag("li", f"{r['state']}: {reading_line(r)}") for r in check["readings"])
    return tag(
        "div",
        tag("h3", f"{check['name']}: {check['state']}"),
        tag("p", check["title"], class_="note"),
        tag("p", check["why"]),
        tag("p", check["advice"]) if check["advice"] else None,
        tag("ul", lines),
    )


SECTIONS = (checks, own_tests)
