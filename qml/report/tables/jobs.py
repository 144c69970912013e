"""`qml jobs`: submissions to vendors."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers
from qml.report.tables.layout import Adaptive, Cell, Field, heading, pairs, table

STATE_STYLE = {
    "settled": "green",
    "submitted": "cyan",
    "intended": "cyan",
    "sending": "yellow",
    "unknown": "bold yellow",
    "refused": "red",
    "failed": "red",
    "cancelled": "red",
}
_FIELDS = (
    Field(title="intent"),
    Field(title="run", yields=3),
    Field(title="for", yields=4),
    Field(title="machine", yields=2),
    Field(title="job", yields=5),
    Field(title="state"),
    Field(title="circuits", align="right", yields=6),
    Field(title="reserved", align="right", yields=1),
    Field(title="billed", align="right"),
)
_SHORT = 8


def jobs_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.jobs/1`."""
    if not document["jobs"]:
        return Text("no such submission in the ledger")
    rows = [_row(job) for job in document["jobs"]]
    return Adaptive(lambda width: table(_FIELDS, rows, width))


def job_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.job/1`."""
    return Group(*_parts(document))


def _row(job: Mapping[str, Any]) -> list[Cell]:
    billed = job["billed"]
    return [
        job["intent"][:_SHORT],
        job["run_id"],
        job["name"],
        f"{job['provider']}.{job['device']}",
        (job["provider_job_id"] or numbers.MISSING)[:_SHORT],
        Text(job["state"], STATE_STYLE.get(job["state"], "")),
        numbers.count(job["circuits"]),
        job["reserved"],
        numbers.MISSING if billed is None else f"{billed} {job['currency']}",
    ]


def _parts(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    job = document["job"]
    yield heading(job["intent"], f"{job['provider']}.{job['device']}")
    yield pairs(
        [
            ("state", Text(job["state"], STATE_STYLE.get(job["state"], ""))),
            ("run", f"{job['run_id']}, {job['name']}"),
            ("job", job["provider_job_id"] or "none that is known"),
            ("work", f"{job['circuits']:,} circuits, {job['shots']:,} shots"),
            ("gates", f"{job['gates']['1q']:,} on one qubit, {job['gates']['2q']:,} on two"),
            ("estimated", f"{job['estimated']} {job['currency']}"),
            ("reserved", f"{job['reserved']} {job['currency']}"),
            ("billed", f"{job['billed']} {job['currency']}" if job["billed"] else ""),
            ("detail", job["detail"] or ""),
        ]
    )
    yield ""
    yield pairs([(t["at"], _change(t)) for t in document["transitions"]])


def _change(transition: Mapping[str, Any]) -> str:
    detail = f": {transition['detail']}" if transition["detail"] else ""
    return f"{transition['to']}{detail}"
