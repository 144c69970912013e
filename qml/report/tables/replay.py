"""`qml replay`: whether a run came out the same."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers
from qml.report.tables.layout import pairs

_STYLES = {"identical": "bold green", "statistically equal": "bold green", "drifted": "bold red"}
_MEANING = {
    "identical": "every metric is equal to the last bit",
    "statistically equal": "the differences are what chance alone explains",
    "drifted": "the difference is more than chance explains",
}


def replay_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.replay/1`."""
    verdict = document["verdict"]
    line = Text(verdict, _STYLES.get(verdict, "bold")).append(
        f"  {_MEANING.get(verdict, '')}", style="not bold default"
    )
    rows = [
        ("run", document["run_id"]),
        ("replayed as", document["replay_run_id"]),
        ("test", _test(document)),
        ("first difference", document["first_difference"] or ""),
    ]
    warnings = [Text(f"warning: {w}", style="yellow") for w in document["warnings"]]
    return Group(line, pairs(rows), *warnings)


def _test(document: Mapping[str, Any]) -> str:
    if not document["test"]:
        return ""
    parts = [document["test"]]
    if document["p_value"] is not None:
        parts.append(numbers.p_value(document["p_value"]))
    if document["confidence"] is not None:
        parts.append(f"at {numbers.percent(document['confidence'], 0)} confidence")
    return ", ".join(parts)
