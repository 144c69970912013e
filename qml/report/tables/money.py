"""`qml costs` and `qml budget`: what was spent, and what may be."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers
from qml.report.tables.layout import Adaptive, Cell, Field, heading, table

_COSTS = (
    Field(title=""),
    Field(title="jobs", align="right", yields=1),
    Field(title="settled", align="right"),
    Field(title="reserved", align="right"),
    Field(title="", yields=2),
)
_BALANCES = (
    Field(title=""),
    Field(title="settled", align="right"),
    Field(title="reserved", align="right"),
    Field(title="cap", align="right"),
    Field(title="remaining", align="right"),
)
_CAPS = (
    Field(title="cap on"),
    Field(title="amount", align="right"),
    Field(title="set in"),
)
_DRIFT = (
    Field(title="job"),
    Field(title="run", yields=2),
    Field(title="estimated", align="right", yields=1),
    Field(title="ledger", align="right"),
    Field(title="vendor", align="right"),
    Field(title=""),
)


def costs_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.costs/1`."""
    currency = document["currency"]
    sums = f"{document['settled']} {currency} settled, {document['reserved']} {currency} reserved"
    rows: list[list[Cell]] = [
        [r["name"], numbers.count(r["jobs"]), r["settled"], r["reserved"], r["currency"]]
        for r in document["by"]
    ]
    if not rows:
        return Text("nothing was ever bought")
    return Adaptive(lambda width: Group(heading("costs", sums), "", table(_COSTS, rows, width)))


def budget_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.budget/1`."""
    return Adaptive(lambda width: Group(*_budget(document, width)))


def reconcile_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.reconcile/1`."""
    return Adaptive(lambda width: Group(*_reconciled(document, width)))


def _budget(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    yield heading("budget", document["currency"])
    yield ""
    rows = [
        [
            b["scope"],
            b["settled"],
            b["reserved"],
            b["cap"] or "none",
            b["remaining"] or numbers.MISSING,
        ]
        for b in document["balances"]
    ]
    yield table(_BALANCES, rows, width)
    if document["caps"]:
        yield ""
        caps = [
            [c["scope"], f"{c['amount']} {c['currency']}", c["source"]] for c in document["caps"]
        ]
        yield table(_CAPS, caps, width)
    else:
        yield Text("no caps: `qml budget set --run 50`, or [budget] in qml.toml", style="dim")


def _reconciled(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    yield heading("reconciled", f"{document['asked']:,} bills asked for")
    if document["drift"]:
        rows = [
            [
                d["provider_job_id"],
                d["run_id"],
                d["estimated"],
                d["ledger"],
                f"{d['vendor']} {d['currency']}",
                "ledger corrected" if d["adjusted"] else "",
            ]
            for d in document["drift"]
        ]
        yield ""
        yield table(_DRIFT, rows, width)
    elif document["asked"]:
        yield Text("every bill is what was estimated and booked", style="green")
    for job in document["unknown"]:
        yield Text(
            f"not in the ledger: job {job['provider_job_id']} on {job['backend']}, {job['phase']}"
            + (f", with key {job['key']}" if job["key"] else ""),
            style="yellow",
        )
    for backend in document["not_asked"]:
        yield Text(f"not asked: {backend['backend']}: {backend['reason']}", style="yellow")
