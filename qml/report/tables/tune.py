"""`qml tune`: the best settings, what they are worth, and how the search went."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.tables.layout import Adaptive, Cell, Field, heading, pairs, table
from qml.report.values import short

_TRIALS = (
    Field(title="trial", align="right"),
    Field(title="value", align="right"),
    Field(title="settings", whole=False),
    Field(title="time", align="right", yields=2),
    Field(title="run", yields=1),
)
_SHOWN = 5
_WIDEST = 24
_FULL = "\N{FULL BLOCK}"


def tune_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.tune/1` at the end of a study."""
    return Adaptive(lambda width: Group(*_head(document, width), *_foot(document)))


def report_table(document: Mapping[str, Any]) -> RenderableType:
    """Render the same at length, for `qml tune report`."""
    return Adaptive(
        lambda width: Group(
            *_head(document, width),
            *_importance(document),
            *_history(document, width),
            *_rival(document, width),
            *_foot(document),
        )
    )


def studies_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.studies/1`."""
    fields = (
        Field(title="study"),
        Field(title="metric"),
        Field(title="best", align="right"),
        Field(title="trials", align="right"),
        Field(title="sampler", yields=1),
        Field(title="stopped by", yields=2),
        Field(title="run", yields=3),
    )
    rows = [
        (
            s["study"],
            s["metric"],
            numbers.decimal(s["best"]),
            f"{s['trials']:,}",
            s["sampler"],
            s["stopped"],
            s["run_id"],
        )
        for s in document["studies"]
    ]
    return Adaptive(lambda width: table(fields, rows, width) if rows else Text("no studies"))


def _head(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    study = document["study"]
    better = {"max": "more is better", "min": "less is better"}[study["direction"]]
    about = f"{study['metric']}, {better}; {study['sampler']}"
    return [
        heading(f"study {study['name']}", about),
        "",
        table(_TRIALS, _best_rows(document), width),
        "",
        Text(document["verdict"], style="bold"),
        "",
    ]


def _best_rows(document: Mapping[str, Any]) -> list[list[Cell]]:
    """Return the best trials, the very best first and emphasised."""
    sign = -1 if document["study"]["direction"] == "max" else 1
    ended = [t for t in document["trials"] if t["value"] is not None]
    found = sorted(ended, key=lambda t: sign * t["value"])[:_SHOWN]
    several = len(document["searches"]) > 1
    return [_trial(t, "bold" if i == 0 else "", several=several) for i, t in enumerate(found)]


def _trial(trial: Mapping[str, Any], style: str, *, several: bool) -> list[Cell]:
    number = f"{trial['search']} {trial['number']}" if several else f"{trial['number']}"
    cells = (
        number,
        numbers.decimal(trial["value"]),
        settings_line(trial["values"]),
        numbers.seconds(trial["seconds"]),
        trial["run_id"] or "",
    )
    return [Text(cell, style=style) for cell in cells]


def settings_line(values: Mapping[str, Any]) -> str:
    """Write settings in one line: `train.learning_rate 0.0312, model.layers 4`."""
    return ", ".join(f"{key} {_brief(value)}" for key, value in values.items())


def _brief(value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(v, bool) for v in value):
        return "".join("1" if v else "0" for v in value)
    return numbers.decimal(value) if isinstance(value, float) else short(value)


def _importance(document: Mapping[str, Any]) -> list[RenderableType]:
    found = document["importance"]
    if found is None:
        return [heading("what matters"), "too few trials differ to say", ""]
    rows = [
        (name, f"{100 * share:4.0f} %  {_FULL * round(_WIDEST * share)}")
        for name, share in found["shares"].items()
    ]
    return [
        heading("what matters", f"{found['method']}, {found['trials']} trials"),
        pairs(rows),
        "",
    ]


def _history(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    fields = (
        Field(title="search"),
        Field(title="trials", align="right"),
        *(Field(title=f"after {n}", align="right", yields=1) for n in _looks(document)),
        Field(title="best", align="right"),
    )
    rows = [_search(search, _looks(document)) for search in document["searches"]]
    return [heading("best so far"), table(fields, rows, width), ""]


def _looks(document: Mapping[str, Any]) -> list[int]:
    most = max((s["trials"] for s in document["searches"]), default=0)
    return [n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if n < most]


def _search(search: Mapping[str, Any], looks: list[int]) -> list[str]:
    curve = search["best_so_far"]
    seen = [numbers.decimal(curve[n - 1]) if n <= len(curve) else "" for n in looks]
    return [search["name"], f"{search['trials']:,}", *seen, numbers.decimal(search["best"])]


def _rival(document: Mapping[str, Any], width: int) -> list[RenderableType]:
    found = document["rival"]
    if found is None:
        said = "not measured: `qml tune --compare random` runs as many random trials"
        return [heading("against random search"), said, ""]
    fields = (
        Field(title="sampler"),
        Field(title="mean regret", align="right"),
        Field(title="95 % interval over seeds", align="right"),
    )
    rows = [
        (name, numbers.decimal(regret["mean"]), _interval(regret))
        for name, regret in found["regret"].items()
    ]
    searches = words.plural(found["searches"], "seed")
    about = f"after {found['trials']:,} trials each, {searches}"
    return [heading("against random search", about), table(fields, rows, width), ""]


def _interval(regret: Mapping[str, Any]) -> str:
    if regret["low"] is None:
        return "one search: none"
    return f"{numbers.decimal(regret['low'])} to {numbers.decimal(regret['high'])}"


def _foot(document: Mapping[str, Any]) -> list[RenderableType]:
    metrics, best = document["metrics"], document["best"]
    counts = [f"{metrics[k]:,} {k}" for k in ("complete", "pruned", "failed", "open") if metrics[k]]
    study = document["study"]
    return [
        pairs(
            [
                ("trials", ", ".join(counts)),
                ("stopped", document["stopped"]["words"]),
                ("use it", best["use_it"] if best else ""),
                ("cost", words.cost(document["cost"])),
                ("study", study["storage"]),
                ("run", document["run_dir"]),
                ("notes", "\n".join(document["notes"])),
                ("next", f"qml tune report {study['name']}\nqml report {document['run_id']}"),
            ]
        )
    ]
