"""`qml backends`: where circuits can run."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report.tables.layout import Adaptive, Cell, Field, table

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
_YES_NO = {True: "yes", False: "no", None: ""}


def backends_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.backends/1`."""
    found = document["backends"]
    rows = [_row(backend) for backend in found]
    lacking = [_lack(b) for b in found if not b["available"]]
    return Adaptive(lambda width: Group(table(_FIELDS, rows, width), *lacking))


def _row(backend: Mapping[str, Any]) -> list[Cell]:
    chosen, ready = backend["chosen"], backend["available"]
    name = f"{backend['name']} (chosen)" if chosen else backend["name"]
    return [
        Text(name, style="bold" if chosen else ""),
        str(backend["qubits"] or ""),
        *(_YES_NO[backend[key]] for key in ("exact", "samples", "noise")),
        ", ".join(backend["gradients"]),
        {True: "money", False: "nothing", None: ""}[backend["paid"]],
        Text(_YES_NO[ready], style="green" if ready else "yellow"),
    ]


def _lack(backend: Mapping[str, Any]) -> Text:
    hint = f" ({backend['hint']})" if backend["hint"] else ""
    return Text(f"{backend['name']}: {backend['reason'] or 'not available'}{hint}", style="dim")
