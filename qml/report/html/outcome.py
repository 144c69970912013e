"""An outcome as a table in a notebook."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.html.kinds import kind_of
from qml.report.markup import Markup, tag

_CELL = "padding:.3em .8em;white-space:nowrap"
_RIGHT = f"{_CELL};text-align:right"
_LEFT = f"{_CELL};text-align:left"
_HEADS = (
    ("model", _LEFT),
    ("parameters", _RIGHT),
    ("test accuracy", _RIGHT),
    ("95 % interval", _RIGHT),
    ("train accuracy", _RIGHT),
    ("time", _RIGHT),
    ("quantum against it", _LEFT),
)


def outcome_html(document: Mapping[str, Any]) -> str:
    """Render the outcome of any run for `_repr_html_`: a fragment without scripts or classes."""
    return _training(document) if document["schema"] == "qml.train/1" else _compact(document)


def _compact(document: Mapping[str, Any]) -> Markup:
    """Say which run it was, what it did and what came out."""
    rows = (
        ("run", document.get("name") or document["run_id"]),
        ("what", kind_of(document).about(document)),
        ("verdict", document.get("verdict") or numbers.MISSING),
    )
    cell = "padding:.3em .8em;text-align:left;vertical-align:top"
    body = [
        tag("tr", tag("th", title, style=cell), tag("td", said, style=cell)) for title, said in rows
    ]
    foot = tag("p", _foot(document), style="margin:0;opacity:.7")
    return tag("div", tag("table", tag("tbody", body)), foot)


def _training(document: Mapping[str, Any]) -> Markup:
    model = document["model"]
    rows = [_row(f"{model['kind']} (quantum)", model, document["metrics"], "", bold=True)]
    for found in document["baselines"]:
        said = f"not trained: {found['skipped']}" if found.get("skipped") else ""
        said = said or words.comparison(found.get("comparison"))
        rows.append(_row(words.label(found["name"]), found, found["metrics"], said))
    run = document.get("name") or document["run_id"]
    about = f"{words.model_line(model)} on {document['backend']}"
    return tag(
        "div",
        tag("p", tag("b", run), f" \N{MIDDLE DOT} {about}", style="margin:.4em 0"),
        tag(
            "table",
            tag("thead", tag("tr", [tag("th", text, style=style) for text, style in _HEADS])),
            tag("tbody", rows),
        ),
        tag("p", tag("b", document["verdict"]), style="margin:.6em 0 .2em"),
        tag("p", _foot(document), style="margin:0;opacity:.7"),
    )


def _row(
    name: str,
    sizes: Mapping[str, Any],
    metrics: Mapping[str, Any],
    said: str,
    *,
    bold: bool = False,
) -> Markup:
    cells = (
        name,
        numbers.count(sizes["parameters"]) if metrics else numbers.MISSING,
        numbers.percent(metrics.get("test_accuracy")),
        numbers.interval(metrics.get("test_accuracy_ci")),
        numbers.percent(metrics.get("train_accuracy")),
        numbers.seconds(metrics.get("train_seconds")),
        said,
    )
    weight = ";font-weight:bold" if bold else ""
    return tag(
        "tr",
        [tag("td", c, style=s + weight) for c, (_, s) in zip(cells, _HEADS, strict=True)],
    )


def _foot(document: Mapping[str, Any]) -> str:
    return f"Cost: {words.cost(document['cost'])}. Record: {document['run_dir']}."
