"""`qml runs list`: the runs of a project, newest first."""

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from qml.report import numbers
from qml.report.tables.layout import Adaptive, Field, table

STATUS_STYLE = {
    "finished": "green",
    "running": "cyan",
    "interrupted": "yellow",
    "failed": "red",
    "killed": "red",
}
_FIELDS = (
    Field(title="run"),
    Field(title="name", yields=3, whole=False),
    Field(title="status"),
    Field(title="started", yields=4),
    Field(title="took", align="right", yields=2),
    Field(title="what", yields=5),
    Field(title="backend", yields=6),
    Field(title="test accuracy", align="right"),
)


def runs_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.runs/1`."""
    if not document["runs"]:
        return Text("no runs yet; `qml train` makes the first one")
    rows = [_row(run) for run in document["runs"]]
    return Adaptive(lambda width: table(_FIELDS, rows, width))


def status(word: str) -> Text:
    """Return a status in its colour."""
    return Text(word, STATUS_STYLE.get(word, ""))


def _what(run: Mapping[str, Any]) -> str:
    """Name the command and what it was about, e.g. `train variational`, `sample qubo`."""
    return " ".join(filter(None, [run["command"], run["kind"]])) or numbers.MISSING


def _row(run: Mapping[str, Any]) -> list[str | Text]:
    return [
        run["run_id"],
        run["name"] or "",
        status(run["status"]),
        numbers.moment(run["started"]),
        numbers.seconds(run["seconds"]),
        _what(run),
        run["backend"] or numbers.MISSING,
        numbers.percent(run["test_accuracy"]),
    ]
