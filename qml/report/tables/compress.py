"""`qml compress`: the teacher, what was chosen, its rivals, and the file that was written."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.compression import (
    against,
    final_name,
    megabytes,
    name_of,
    objective_words,
    size_words,
    speed_words,
)
from qml.report.compression_blocks import HEADS, block_rows, blocks_note, blocks_of
from qml.report.tables.layout import Adaptive, Cell, Field, heading, pairs, table

_FIELDS = (
    Field(title="method"),
    Field(title="by"),
    Field(title="bits", align="right"),
    Field(title="KL", align="right"),
    Field(title="95 %", align="right", yields=4),
    Field(title="choice against it", align="right", yields=1),
    Field(title="perplexity", align="right"),
    Field(title="MB", align="right", yields=2),
    Field(title="per second", align="right", yields=3),
    Field(title="agreement", align="right", yields=6),
    Field(title="gap", align="right", yields=5),
    Field(title="search", align="right", yields=7),
    Field(title="evaluations", align="right", yields=8),
    Field(title="price", align="right", yields=9),
)
_BLOCK_FIELDS = tuple(
    Field(title=head, align="right" if place else "left", yields=max(0, place - 2))
    for place, head in enumerate(HEADS)
)


def compress_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.compress/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    held = document["held_out"]
    yield heading("compress", f"{document['model']['source']} to {document['target']}")
    yield ""
    fields = [_named(field, held["noun"]) for field in _FIELDS]
    yield table(fields, [_row(row, document) for row in document["rows"]], width)
    yield ""
    if blocks_of(document):
        yield table(_BLOCK_FIELDS, [list(row) for row in block_rows(document)], width)
        yield ""
    yield Text(document["verdict"], style="bold")
    yield ""
    export = document["export"]
    yield pairs(
        (
            ("judged on", words.plural(held["outputs"], f"held-out {held['noun']}")),
            ("intervals", f"95 %, paired bootstrap of {held['drawn']}"),
            ("file", file_words(document) if export else ""),
            ("copy", str(export["copied_to"]) if export and export["copied_to"] else ""),
            ("stopped", document["stopped"]["words"] if document["stopped"]["exit_code"] else ""),
            ("cost", words.cost(document["cost"])),
            ("run", document["run_dir"]),
            ("notes", "\n".join(notes(document))),
            ("next", _next(document)),
        )
    )


def _named(field: Field, noun: str) -> Field:
    """Say what is counted in a second."""
    return replace(field, title=f"{noun}s/s") if field.title == "per second" else field


def file_words(document: Mapping[str, Any]) -> str:
    """Say where the file is, what it takes, and how far that is from what was predicted."""
    export = document["export"]
    off = export["bytes"] / export["bytes_predicted"] - 1
    size = f"{megabytes(export['bytes'])} MB, predicted within {100 * abs(off):.2g} %"
    return f"{document['run_dir']}/{export['path']} ({size})"


def notes(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a reader must know, of the whole and of its lines."""
    yield from document["notes"]
    if blocks_of(document):
        yield blocks_note(document).removesuffix(".")
    yield from (f"{name_of(row)}: {row['note']}" for row in document["rows"] if row["note"])


def _row(row: Mapping[str, Any], document: Mapping[str, Any]) -> list[Cell]:
    cells = (
        row["method"],
        row["label"],
        numbers.decimal(row["payload_bpw"], 3),
        numbers.decimal(row["kl"], 3),
        _bounds(row["kl_ci"]),
        against(document, row),
        numbers.decimal(row["perplexity"], 4),
        size_words(row),
        speed_words(row),
        numbers.percent(row["agreement"]),
        objective_words(row),
        numbers.seconds(row["seconds"]) if row["seconds"] else "",
        numbers.count(row["evaluations"]) if row["evaluations"] is not None else "",
        row["price"],
    )
    style = "bold" if name_of(row) == final_name(document) else ""
    return [Text(cell, style=style) for cell in cells]


def _bounds(bounds: list[float] | None) -> str:
    return "" if bounds is None else " to ".join(numbers.decimal(bound, 3) for bound in bounds)


def _next(document: Mapping[str, Any]) -> str:
    said = [f"qml report {document['run_id']} --open"]
    if document["export"]:
        said.append(f"qml compress verify {document['run_dir']}/{document['export']['path']}")
    return "\n".join(said)
