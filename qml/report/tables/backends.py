"""`qml backends`: where circuits can run."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report.tables.layout import Adaptive, Field, table

_FIELDS = (
    Field(title="backend"),
    Field(title="qubits", align="right"),
    Field(title="exact"),
    Field(title="shots"),
    Field(title="noise"),
    Field(title="gradients", whole=False, yields=3),
    Field(title="costs", yields=2),
    Field(title="ready"),
)


def backends_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.backends/1`."""
    found = document["backends"]
    rows = [_row(backend) for backend in found]
    lacking = [_lack(b) for b in found if not b["available"]]
    return Adaptive(lambda width: Group(table(_FIELDS, rows, width), *lacking))


def _row(backend: Mapping[str, Any]) -> list[str | Text]:
    ready = backend["available"]
    name = f"{backend['name']} (chosen)" if backend.get("chosen") else backend["name"]
    return [
        Text(name, style="bold" if backend.get("chosen") else ""),
        str(backend["qubits"] or ""),
        _tick(backend["exact"]),
        _tick(backend["samples"]),
        _tick(backend["noise"]),
        ", ".join(backend["gradients"]),
        {True: "money", False: "nothing", None: ""}[backend["paid"]],
        Text("yes" if ready else "no", style="green" if ready else "yellow"),
    ]


def _tick(can: bool | None) -> str:  # noqa: FBT001 - a cell
    return {True: "yes", False: "no", None: ""}[can]


def _lack(backend: Mapping[str, Any]) -> Text:
    hint = f"; {backend['hint']}" if backend.get("hint") else ""
    return Text(f"{backend['name']}: {backend['reason'] or 'not available'}{hint}", style="dim")
