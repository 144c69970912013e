"""A test: each check with its state and what it found, numbers beside their thresholds."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qml.report.tables.layout import heading

COLOURS = {"passed": "green", "warned": "yellow", "failed": "red"}


def test_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.test/1`."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for check in document["checks"]:
        table.add_row(_state(check["state"]), check["name"], Text("\n".join(_lines(check))))
    own = document["own"]
    table.add_row(_state(own["state"]), "own tests", Text("\n".join(_own(own))))
    rate = f"Failures by chance: at most {document['error_rate']:g} for all checks together."
    return Group(heading(_title(document), document["verdict"]), table, Text(rate, style="dim"))


test_table.__test__ = False  # type: ignore[attr-defined] # pytest takes it for a test


def _title(document: Mapping[str, Any]) -> str:
    return document["run_id"] or "what would be tested"


def _state(state: str) -> Text:
    return Text(state, style=COLOURS.get(state, "dim"))


def _lines(check: Mapping[str, Any]) -> Iterator[str]:
    yield check["why"]
    if check["state"] in {"warned", "failed"}:
        yield from (f"  {reading_line(r)}" for r in check["readings"] if r["state"] != "passed")
    if check["advice"]:
        yield f"  -> {check['advice']}"


def reading_line(reading: Mapping[str, Any]) -> str:
    """Say a number beside its threshold."""
    unit = f" {reading['unit']}" if reading["unit"] else ""
    said = f"{reading['name']}: {reading['value']:.4g}{unit}"
    if reading["low"] is not None:
        said += f" ({reading['low']:.4g} to {reading['high']:.4g})"
    if reading["threshold"] is not None:
        said += f", should be {reading['sense']} {reading['threshold']:.4g}"
    return said


def _own(own: Mapping[str, Any]) -> Iterator[str]:
    yield own["why"]
    for case in own["cases"]:
        if case["state"] == "failed":
            first = (case["message"].splitlines() or [""])[0]
            yield f"  {case['name']}: {first}"
