"""`qml status`: what runs, waits and costs now."""

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from qml.report import numbers
from qml.report.tables.layout import Adaptive, Cell, Field, table
from qml.report.tables.runs import status

_FIELDS = (
    Field(title="run"),
    Field(title="backend", yields=4),
    Field(title="status"),
    Field(title="step", align="right", yields=2),
    Field(title="loss", align="right", yields=3),
    Field(title="job"),
    Field(title="shots", align="right", yields=5),
    Field(title="spent", align="right"),
    Field(title="reserved", align="right", yields=1),
    Field(title="cap", align="right", yields=1),
    Field(title="calibrated", align="right", yields=7),
    Field(title="seen", align="right", yields=6),
)


def status_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.status/1`."""
    if not document["runs"]:
        return Text("nothing runs, and no job is at a vendor")
    rows = [_row(run) for run in document["runs"]]
    return Adaptive(lambda width: table(_FIELDS, rows, width))


def _row(run: Mapping[str, Any]) -> list[Cell]:
    return [
        run["name"] or run["run_id"],
        run["backend"] or numbers.MISSING,
        status(run["status"]),
        numbers.count(run["step"]),
        _loss(run),
        _job(run),
        numbers.count(run["shots"]),
        f"{run['spent']} {run['currency']}",
        run["reserved"],
        run["cap"] or "none",
        _ago(run["calibration_age_seconds"]),
        _ago(run["heartbeat_age_seconds"]),
    ]


def _loss(run: Mapping[str, Any]) -> str:
    if run["loss"] is None:
        return numbers.MISSING
    error = run["loss_error"]
    bar = "" if error is None else f" \N{PLUS-MINUS SIGN} {error:.3f}"
    return f"{run['loss']:.3f}{bar}"


def _job(run: Mapping[str, Any]) -> str:
    """Say where the current job stands: queue position or wait, else the open intents."""
    if not run["jobs"]:
        return "none open"
    if run["phase"] is None or "submitted" not in run["jobs"]:
        return ", ".join(f"{n} {state}" for state, n in run["jobs"].items())
    where = f", {run['position']} ahead" if run["position"] is not None else ""
    wait = f", {numbers.seconds(run['wait_seconds'])}" if run["wait_seconds"] is not None else ""
    return f"{run['phase']}{where}{wait}"


def _ago(seconds: float | None) -> str:
    return numbers.MISSING if seconds is None else f"{numbers.seconds(seconds)} ago"
