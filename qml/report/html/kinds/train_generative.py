"""A generative model: its distance to held-out rows beside its rivals, and pictures of both."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import generative, numbers
from qml.report.html import curves
from qml.report.html.document import ReportDocument
from qml.report.html.parts import figure, key, number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, join, tag
from qml.report.svg.bars import bars_svg
from qml.report.svg.scatter import scatter_svg

_ROLES = ("quantum", "classical", "test")
_SQUARE = "MMD\N{SUPERSCRIPT TWO}"


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was trained, and where."""
    return generative.about(outcome)


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the numbers that carry the verdict."""
    for row in generative.models(outcome):
        bounds = f"95 %: {generative.interval(row.metrics['mmd2_ci'])}"
        title = f"{_SQUARE}, {row.title}"
        yield number(title, generative.small(row.metrics["mmd2"]), bounds, row.role)
    tvd = outcome["metrics"]["tvd"]
    if tvd is not None:
        yield number("total variation", numbers.decimal(tvd, 3), "to the data", "quantum")
    yield number("parameters", numbers.count(outcome["model"]["parameters"]), "trainable")


def models(document: ReportDocument) -> Markup | None:
    """Return the table of models, or None where there is no result."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    keys = generative.sigma_keys(outcome["metrics"])
    heads = ["model", _SQUARE, "95 % interval", *(f"sigma {s}" for s in keys.values())]
    heads += ["TVD", "parameters", "time", "the model against it"]
    rows = [_row(row, list(keys)) for row in generative.models(outcome)]
    table = tag(
        "table",
        tag("thead", tag("tr", [tag("th", head) for head in heads])),
        tag("tbody", rows),
        class_="models",
    )
    return block(
        "Beside its rivals",
        tag("div", table, class_="scroll"),
        note=f"{_SQUARE} on {outcome['metrics']['test_rows']:,} held-out rows, unbiased, so that it"
        " can fall below zero; TVD is the total variation distance"
        f" {generative.target_line(outcome['target'])}.",
    )


def strings(document: ReportDocument) -> Markup | None:
    """Return the likeliest strings under data and models, or None."""
    outcome = document["outcome"]
    if outcome is None or not outcome["strings"]:
        return None
    rows, shown = outcome["strings"], _shown(outcome)
    series = {"data": [r["data"] for r in rows]}
    series |= {role: [r[name] for r in rows] for role, name in shown.items()}
    drawn = bars_svg([r["string"] for r in rows], series, title="Likeliest strings of the data")
    legend = [key("data", "data"), *(key(role, generative.label(n)) for role, n in shown.items())]
    return block("Likeliest strings of the data", figure(join(*legend), drawn))


def pairs(document: ReportDocument) -> Markup | None:
    """Return covariances of pairs of bits, the models' against the data's, or None."""
    outcome = document["outcome"]
    if outcome is None or not outcome["pairs"]:
        return None
    found, shown = outcome["pairs"], _shown(outcome)
    drawn = scatter_svg(
        found["data"],
        {role: found[name] for role, name in shown.items()},
        title="Covariances of pairs of bits",
        x_label="covariance in the data",
    )
    legend = [key(role, generative.label(name)) for role, name in shown.items()]
    return block(
        "Covariances of pairs of bits",
        figure(join(*legend), drawn),
        note="On the line the model's covariance is that of the data.",
        class_="narrow",
    )


SECTIONS = (models, strings, pairs, curves.section)


def _shown(outcome: Mapping[str, Any]) -> dict[str, str]:
    """Return the models that are drawn by their CSS class: the model and two rivals at most."""
    names = [outcome["model"]["kind"], *(b["name"] for b in outcome["baselines"])]
    return dict(zip(_ROLES, names, strict=False))


def _row(row: generative.Row, keys: list[str]) -> Markup:
    metrics = row.metrics
    cells = [
        generative.small(metrics["mmd2"]),
        generative.interval(metrics["mmd2_ci"]),
        *(generative.small(metrics[k]) for k in keys),
        numbers.decimal(metrics["tvd"], 3),
        numbers.count(row.parameters),
        numbers.seconds(metrics["train_seconds"]),
    ]
    return tag(
        "tr",
        tag("th", row.title, scope="row"),
        [tag("td", cell, class_="right") for cell in cells],
        tag("td", row.against, class_="said"),
        class_=row.role,
    )
