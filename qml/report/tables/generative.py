"""The outcome of `qml train` of a generative model: it beside its rivals, and what that means."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import generative, numbers, words
from qml.report.tables.layout import Adaptive, Cell, Field, heading, pairs, table

_FIELDS = (
    Field(title="model"),
    Field(title="parameters", align="right", yields=2),
    Field(title="held-out MMD\N{SUPERSCRIPT TWO}", align="right"),
    Field(title="95 % interval", align="right", yields=1),
    Field(title="TVD", align="right"),
    Field(title="time", align="right", yields=3),
    Field(title="model against it", yields=4),
)


def generative_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.train-generative/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def comparison_table(document: Mapping[str, Any], width: int) -> RenderableType:
    """Render the models of the document, and beneath them the bandwidths one by one."""
    rows: list[list[Cell]] = [list(_cells(row)) for row in generative.models(document)]
    rows[0] = [Text(str(cell), style="bold") for cell in rows[0]]
    return Group("", table(_FIELDS, rows, width), "", table(*_by_sigma(document), width), "")


def _parts(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    run = document.get("name") or document["run_id"]
    return [
        heading(run, generative.about(document)),
        comparison_table(document, width),
        Text(document["verdict"], style="bold"),
        "",
        pairs(
            [
                ("TVD", generative.target_line(document["target"])),
                ("work", generative.work_line(document["metrics"])),
                ("cost", words.cost(document["cost"])),
                ("run", document["run_dir"]),
                ("next", "\n".join(generative.next_commands(run))),
            ]
        ),
    ]


def _cells(row: generative.Row) -> list[str]:
    return [
        row.title,
        numbers.count(row.parameters),
        generative.small(row.metrics["mmd2"]),
        generative.interval(row.metrics["mmd2_ci"]),
        numbers.decimal(row.metrics["tvd"], 3),
        numbers.seconds(row.metrics["train_seconds"]),
        row.against,
    ]


def _by_sigma(document: Mapping[str, Any]) -> tuple[list[Field], list[list[str]]]:
    """Return columns and rows: MMD^2 at each bandwidth."""
    keys = generative.sigma_keys(document["metrics"])
    fields = [Field(title="MMD\N{SUPERSCRIPT TWO} at sigma")]
    fields += [Field(title=sigma, align="right") for sigma in keys.values()]
    rows = [
        [row.title, *(generative.small(row.metrics[key]) for key in keys)]
        for row in generative.models(document)
    ]
    return fields, rows
