"""`qml doctor`: what is installed, what is missing, and what mends it."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report.tables.layout import heading, pairs

_MARKS = {
    "ok": ("ok", "green"),
    "missing": ("--", "dim"),
    "warning": ("!!", "yellow"),
    "failed": ("xx", "red"),
}


def doctor_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.doctor/1`."""
    about = f"Python {document['python']}, {document['platform']}"
    parts: list[RenderableType] = [heading(f"qml {document['version']}", about)]
    for group, checks in groupby(document["checks"], key=lambda check: check["group"]):
        parts += ["", heading(group), pairs(_rows(list(checks)))]
    troubled = sum(check["status"] in {"failed", "warning"} for check in document["checks"])
    summary = f"{troubled} of {len(document['checks'])} checks want attention"
    end = Text(summary, "bold yellow") if troubled else Text("all is well", "bold green")
    return Group(*parts, "", end)


def _rows(checks: list[Mapping[str, Any]]) -> list[tuple[str, Text]]:
    return [(f"  {check['name']}", _line(check)) for check in checks]


def _line(check: Mapping[str, Any]) -> Text:
    mark, style = _MARKS[check["status"]]
    text = Text(mark, style).append(f"  {check['detail']}", "default")
    if check["hint"] and check["status"] != "ok":
        text.append(f" ({check['hint']})", "dim")
    return text
