"""`--dry-run`: what a command would do, how long it would take and what it would cost."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.tables.layout import heading, pairs


def plan_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.plan/1`."""
    model = document["model"]
    about = words.model_line(model) if model else ""
    rows = [
        ("backend", document["backend"]),
        ("parameters", numbers.count(model["parameters"]) if model else ""),
        ("steps", numbers.count(document["steps"])),
        ("circuits", numbers.count(document["circuits"])),
        ("shots", numbers.count(document["shots"]) if document["shots"] else "none, exact"),
        ("memory", numbers.size(document["memory_bytes"])),
        ("time", _time(document.get("seconds"))),
        ("cost", _cost(document["cost"])),
    ]
    warnings = [Text(f"warning: {w}", style="yellow") for w in document["warnings"]]
    title = heading(f"plan of qml {document['command']}", about)
    end = Text("nothing was run and nothing was spent", style="dim")
    return Group(title, pairs(rows), *warnings, end)


def _time(seconds: Mapping[str, float] | None) -> str:
    if not seconds:
        return ""
    low, expected, high = (numbers.seconds(seconds[k]) for k in ("low", "expected", "high"))
    return f"about {expected} ({low} to {high})"


def _cost(cost: Mapping[str, str]) -> str:
    if float(cost["high"]) == 0:
        return "nothing"
    currency = cost["currency"]
    return f"about {cost['expected']} {currency} ({cost['low']} to {cost['high']})"
