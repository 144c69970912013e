"""`qml sample model`: the rows, and how close they are beside those of the rivals."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import generative, numbers, words
from qml.report.tables.layout import Adaptive, Field, heading, pairs, table

_FIELDS = (
    Field(title="rows of"),
    Field(title="rows", align="right"),
    Field(title="distinct", align="right", yields=2),
    Field(title="MMD\N{SUPERSCRIPT TWO} to held-out rows", align="right"),
    Field(title="95 % interval", align="right", yields=1),
)


def model_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.sample-model/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    model = document["model"]
    yield heading("sample model", about(document))
    yield ""
    rows = [_row(generative.label(model["kind"]), document["metrics"])]
    rows += [_row(generative.label(r["name"]), r["metrics"]) for r in document["rivals"]]
    yield table(_FIELDS, rows, width)
    yield ""
    yield Text(document["verdict"], style="bold")
    yield ""
    yield pairs(
        [
            ("file", f"{document['run_dir']}/{document['file']}"),
            ("cost", words.cost(document["cost"])),
        ]
    )


def about(document: Mapping[str, Any]) -> str:
    """Say which model was sampled, and where."""
    kind = generative.label(document["model"]["kind"])
    return f"{kind} of run {document['model_run']} on {document['backend']}"


def _row(name: str, metrics: Mapping[str, Any]) -> list[str]:
    return [
        name,
        numbers.count(metrics["rows"]),
        numbers.count(metrics["distinct"]),
        generative.small(metrics["mmd2"]),
        generative.interval(metrics["mmd2_ci"]),
    ]
