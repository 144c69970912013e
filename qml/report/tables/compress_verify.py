"""`qml compress verify`: what a file was said to be, and what it is."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.compression import speed_words
from qml.report.tables.layout import Adaptive, Field, heading, pairs, table

_FIELDS = (
    Field(title=""),
    Field(title="now", align="right"),
    Field(title="95 %", align="right"),
    Field(title="recorded", align="right"),
)


def verify_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.compress-verify/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    held = document["held_out"]
    yield heading("compress verify", document["file"])
    yield ""
    yield table(_FIELDS, list(_rows(document)), width)
    yield ""
    yield Text(document["verdict"], style="bold")
    yield ""
    yield pairs(
        (
            (
                "size",
                f"{document['bytes']:,} bytes, {document['bits_per_weight']:.3f} bits a weight",
            ),
            ("teacher", document["model"]),
            ("judged on", words.plural(held["outputs"], held["noun"])),
            ("intervals", f"95 %, bootstrap of {held['drawn']}"),
            ("run", document["run_id"] or ""),
            ("differences", "\n".join(document["differences"])),
        )
    )


def _size(document: Mapping[str, Any]) -> str:
    return f"{document['bytes']:,} bytes, {document['bits_per_weight']:.3f} bits for each parameter"


def _rows(document: Mapping[str, Any]) -> Iterator[list[str]]:
    now, then = document["measured"], document["recorded"] or {}
    for key, title in (("kl", "KL"), ("perplexity", "perplexity")):
        bounds = now[f"{key}_ci"]
        between = "" if bounds is None else " to ".join(numbers.decimal(b, 4) for b in bounds)
        yield [title, numbers.decimal(now[key], 4), between, _then(numbers.decimal, then, key)]
    share = numbers.percent
    yield ["agreement", share(now["agreement"]), "", _then(share, then, "agreement")]
    if now["tokens_per_second"] is not None:
        title = f"{document['held_out']['noun']}s/s"
        yield [title, speed_words(now), "", speed_words(then) if then else ""]


def _then(write: Any, recorded: Mapping[str, Any], key: str) -> str:
    return str(write(recorded[key])) if key in recorded else ""
