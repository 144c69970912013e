"""A benchmark: the verdict, its columns, what is more than noise, and what has no number."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import bench, numbers, words
from qml.report.tables.layout import Adaptive, Cell, Field, heading, pairs, table

_MOST = 8
_COMPARED = (
    Field(title="column"),
    Field(title="against"),
    Field(title="verdict"),
    Field(title="apart", align="right"),
    Field(title="95 % interval", align="right", yields=1),
    Field(title="p (Holm)", align="right", yields=2),
    Field(title="wins", align="right", yields=3),
    Field(title="losses", align="right", yields=3),
    Field(title="would be seen", align="right", yields=4),
)
_STYLES = {"better": "green", "worse": "yellow"}


def bench_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.bench/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    suite = document["suite"]
    about = f"{suite['title']}; {suite['metric']['title']}, {suite['metric']['better']} is better"
    return [
        heading(f"suite {suite['name']}", about),
        "",
        _columns(document, width),
        "",
        *_compared(document, width),
        *_published(document, width),
        *_problems(document, width),
        *_verdicts(document),
        "",
        _foot(document),
    ]


def _columns(document: Mapping[str, Any], width: int) -> RenderableType:
    metric = document["suite"]["metric"]
    unit = f", {metric['unit']}" if metric["unit"] else ""
    fields = (
        Field(title="column"),
        Field(title="role", yields=1),
        Field(title=f"{metric['title']}{unit}", align="right"),
        Field(title="95 % interval", align="right", yields=2),
        Field(title="mean rank", align="right", yields=3),
        Field(title="cells", align="right", yields=4),
        Field(title="shown", whole=False),
    )
    return table(fields, [_column(document, row) for row in document["columns"]], width)


def _column(document: Mapping[str, Any], row: Mapping[str, Any]) -> list[Cell]:
    cells = f"{row['cells']:,}"
    if row["missing"]:
        cells += f" of {row['cells'] + row['missing']:,}"
    return [
        row["name"],
        bench.ROLES[row["role"]],
        numbers.decimal(row["mean"], 4),
        bench.bounds(row),
        "" if row["rank"] is None else f"{row['rank']:.2f}",
        cells,
        bench.standing(document, row),
    ]


def _compared(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    rows = [_comparison(c) for c in bench.whole(document)]
    if not rows:
        return []
    apart = sum(c["verdict"] != "no difference shown" for c in bench.single(document))
    parts: list[RenderableType] = [table(_COMPARED, rows, width)]
    if bench.single(document):
        count = f"{apart:,} of {len(bench.single(document)):,}"
        parts.append(Text(f"on single data sets {count} differences are shown", style="dim"))
    return [*parts, ""]


def _comparison(found: Mapping[str, Any]) -> list[Cell]:
    return [
        found["model"],
        found["rival"],
        Text(found["verdict"], style=_STYLES.get(found["verdict"], "")),
        bench.effect(found),
        bench.bounds(found),
        numbers.p_value(found["p_adjusted"]).removeprefix("p ").removeprefix("= "),
        f"{found['wins']:,}",
        f"{found['losses']:,}",
        numbers.decimal(found["detectable"], 2),
    ]


def _published(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    if not document["expected"]:
        return []
    wrong = bench.disagreeing(document)
    parts: list[RenderableType] = [heading("published numbers", bench.agreement(document))]
    if wrong:
        fields = (
            Field(title="cell"),
            Field(title="metric"),
            Field(title="published", align="right"),
            Field(title="ours", align="right"),
        )
        rows = [
            [
                "/".join(map(str, row["place"][1:])),
                row["metric"],
                numbers.decimal(row["published"], 4),
                numbers.decimal(row["ours"], 4),
            ]
            for row in wrong
        ]
        parts.append(table(fields, rows[:_MOST], width))
        if len(rows) > _MOST:
            parts.append(Text(f"{len(rows) - _MOST} more are in outcome.json", style="dim"))
    return [*parts, ""]


def _problems(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    found = bench.problems(document)
    if not found:
        return []
    fields = (
        Field(title="state"),
        Field(title="cells", align="right"),
        Field(title="why", whole=False),
        Field(title="which", whole=False, yields=1),
    )
    rows = [[state, f"{len(cells):,}", why, bench.some(cells, 2)] for state, why, cells in found]
    return [heading("without a number"), table(fields, rows, width), ""]


def _verdicts(document: Mapping[str, Any]) -> list[RenderableType]:
    lines = [row["words"] for row in document["verdicts"]] or [document["verdict"]]
    return [Text(line, style="bold") for line in lines]


def _foot(document: Mapping[str, Any]) -> RenderableType:
    ranks = document["ranks"]
    stopped = document["stopped"]
    return pairs(
        [
            ("ranks", bench.rank_words(ranks) if ranks else ""),
            ("cells", bench.counts(document)),
            ("stopped", stopped.get("words", "") if stopped["reason"] != "done" else ""),
            ("cost", words.cost(document["cost"])),
            ("notes", "\n".join(document["notes"])),
            ("run", document["run_dir"]),
            ("next", f"qml report {document['run_id']}"),
        ]
    )
