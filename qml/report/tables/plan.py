"""`--dry-run`: what a command would do, how long it would take and what it would cost."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.tables.layout import heading, pairs


def plan_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.plan/1`."""
    model, chosen = document["model"], document["chosen"]
    rows = [
        (
            "backend",
            f"{document['backend']}, chosen since {chosen}" if chosen else document["backend"],
        ),
        ("gradient", document["gradient"]),
        ("parameters", numbers.count(model["parameters"])),
        ("rows", ", ".join(f"{rows:,} {part}" for part, rows in document["rows"].items())),
        ("steps", _steps(document)),
        ("circuits", numbers.count(document["circuits"])),
        ("shots", numbers.count(document["shots"]) if document["shots"] else "none, exact"),
        ("memory", numbers.size(document["bytes"]) if document["bytes"] else ""),
        ("cost", _cost(document["cost"])),
    ]
    warnings = [Text(f"warning: {w}", style="yellow") for w in document["warnings"]]
    end = Text("nothing was run and nothing was spent", style="dim")
    return Group(heading("plan", words.model_line(model)), pairs(rows), *warnings, end)


def _steps(document: Mapping[str, Any]) -> str:
    return f"{document['steps']:,} in {words.plural(document['epochs'], 'epoch')}, at most"


def _cost(cost: Mapping[str, str]) -> str:
    if float(cost["high"]) == 0:
        return "nothing"
    currency = cost["currency"]
    return f"about {cost['expected']} {currency} ({cost['low']} to {cost['high']})"
