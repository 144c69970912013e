"""`qml compress run:RUN`: the whole model and its cuts."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.tables.layout import Adaptive, Field, heading, pairs, table

_FIELDS = (
    Field(title="by"),
    Field(title="2-qubit", align="right"),
    Field(title="depth", align="right", yields=4),
    Field(title="params", align="right", yields=3),
    Field(title="accuracy", align="right"),
    Field(title="95 % interval", align="right", yields=5),
    Field(title="KL", align="right", yields=2),
    Field(title="train loss", align="right", yields=1),
    Field(title="losses", align="right", yields=6),
    Field(title="price", align="right"),
)


def circuit_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.compress-circuit/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    yield heading("compress", _about(document))
    yield ""
    yield table(_FIELDS, [_row(row) for row in document["rows"]], width)
    yield ""
    yield Text(document["verdict"], style="bold")
    yield ""
    yield pairs(
        (
            ("gone", words.gone(document["pieces"])),
            ("price", _priced(document["price"])),
            *(("note", note) for note in document["notes"]),
            ("run", document["run_dir"]),
            ("next", "\n".join(words.next_commands(_run(document), "finished", document))),
        )
    )


def _priced(price: Mapping[str, Any]) -> str:
    return (
        f"{price['rows']:,} predictions, {price['shots']:,} shots each, on {price['machine']};"
        " nothing was bought"
    )


def _run(document: Mapping[str, Any]) -> str:
    name: str = document["name"] or document["run_id"]
    return name


def _about(document: Mapping[str, Any]) -> str:
    model = document["model"]
    return f"{words.model_line(model)} of run {model['name'] or model['source']}"


def _row(row: Mapping[str, Any]) -> list[str]:
    return [
        row["label"] + (" *" if row["chosen"] else ""),
        numbers.count(row["two_qubit"]),
        numbers.count(row["depth"]),
        numbers.count(row["parameters"]),
        numbers.percent(row["accuracy"]),
        numbers.interval(row["accuracy_ci"]),
        numbers.decimal(row["kl"], 3),
        numbers.decimal(row["train_loss"], 3),
        numbers.count(row["losses"]),
        f"{float(row['price']['expected']):,.2f}",
    ]
