"""The outcome of `qml train`: the quantum model beside its rivals, and what that means."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.tables.layout import (
    Adaptive,
    Cell,
    Field,
    fitting,
    heading,
    pairs,
    table,
)
from qml.report.tables.mitigation import reached_line

_FIELDS = (
    Field(title="model"),
    Field(title="parameters", align="right", yields=1),
    Field(title="test accuracy", align="right"),
    Field(title="95 % interval", align="right"),
    Field(title="train", align="right", yields=4),
    Field(title="time", align="right", yields=2),
    Field(title="quantum against it", yields=3),
)
_AGAINST = len(_FIELDS) - 1
_COLOURS = {"ahead": "green", "behind": "yellow"}


def train_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.train/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def comparison_table(document: Mapping[str, Any], width: int) -> RenderableType:
    """Render the models of a document `qml.train/1`, and beneath them what was compared."""
    rows = [_quantum(document), *(_baseline(b) for b in document["baselines"])]
    parts: list[RenderableType] = ["", table(_FIELDS, rows, width), ""]
    compared = [b for b in document["baselines"] if b.get("comparison")]
    if compared and _AGAINST not in fitting(_FIELDS, rows, width):
        parts += [pairs(map(_beneath, compared)), ""]
    skipped = [b for b in document["baselines"] if b.get("skipped")]
    return Group(*parts, *(_why_skipped(b) for b in skipped))


def verdict_line(document: Mapping[str, Any]) -> Text:
    """Return the verdict, emphasised."""
    return Text(document["verdict"], style="bold")


def speed_line(metrics: Mapping[str, Any]) -> str:
    """Say how much work it was and how fast: `30 epochs, 1,350 steps in 2.4 s, ...`."""
    work = [
        words.plural(metrics[key], key.removesuffix("s"))
        for key in ("epochs", "steps")
        if metrics.get(key)
    ]
    took = numbers.seconds(metrics["train_seconds"])
    parts = [f"{' and '.join(work)} in {took}" if work else took]
    if metrics.get("compile_seconds"):
        parts.append(f"{numbers.seconds(metrics['compile_seconds'])} of compilation")
    if metrics.get("circuits_per_second"):
        parts.append(f"{numbers.count(metrics['circuits_per_second'])} circuits/s")
    return ", ".join(parts)


def mitigation_row(metrics: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return a row that says what error mitigation did, where any was."""
    found = metrics.get("mitigation")
    return [("mitigation", reached_line(found))] if found else []


def _parts(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    run = document.get("name") or document["run_id"]
    about = f"{words.model_line(document['model'])} on {document['backend']}"
    return [
        heading(run, about),
        comparison_table(document, width),
        verdict_line(document),
        "",
        pairs(
            [
                ("work", speed_line(document["metrics"])),
                *mitigation_row(document["metrics"]),
                ("cost", words.cost(document["cost"])),
                ("run", document["run_dir"]),
                ("next", "\n".join(words.next_commands(run, "finished"))),
            ]
        ),
    ]


def _quantum(document: Mapping[str, Any]) -> list[Cell]:
    model, metrics = document["model"], document["metrics"]
    cells = _cells(f"{model['kind']} (quantum)", model, metrics)
    return [Text(cell, style="bold") for cell in [*cells, ""]]


def _baseline(found: Mapping[str, Any]) -> list[Cell]:
    said = "not trained" if found.get("skipped") else words.brief_comparison(found["comparison"])
    cells = _cells(words.label(found["name"]), found, found["metrics"])
    return [*cells, Text(said, _colour(found))]


def _cells(name: str, sizes: Mapping[str, Any], metrics: Mapping[str, Any]) -> list[str]:
    return [
        name,
        numbers.count(sizes["parameters"]) if metrics else numbers.MISSING,
        numbers.percent(metrics.get("test_accuracy")),
        numbers.interval(metrics.get("test_accuracy_ci")),
        numbers.percent(metrics.get("train_accuracy")),
        numbers.seconds(metrics.get("train_seconds")),
    ]


def _beneath(found: Mapping[str, Any]) -> tuple[str, Text]:
    said = Text(words.comparison(found["comparison"]), _colour(found))
    return f"against {words.label(found['name'])}", said


def _why_skipped(found: Mapping[str, Any]) -> Text:
    return Text(f"{words.label(found['name'])} was not trained: {found['skipped']}", style="dim")


def _colour(found: Mapping[str, Any]) -> str:
    return _COLOURS.get(words.standing(found.get("comparison")), "")
