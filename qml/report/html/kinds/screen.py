"""Whether there is any point in a quantum model: one table for each feature map."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, figure, key, number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, join, tag
from qml.report.svg.curve import Point, Series, curve_svg
from qml.report.tables.screen import data_line, map_line, price_line

_NOTE = (
    "A screen can exclude an advantage, and never shows one. g: the geometric difference to the"
    " nearest of the tuned classical kernels (Huang et al. 2021); accuracies are those of ridge"
    " machines on rows left out, kernel and lambda chosen without these rows."
)
_CROWD_NOTE = (
    "log2 of the variance of the kernel's entries, on the first features of the same rows."
)


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was looked at."""
    return f"Screen of {data_line(outcome['data'])}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield g and the accuracy of each feature map."""
    for one in outcome["maps"]:
        g, right = one["geometry"], one["accuracy"]
        note = f"of sqrt(N) = {numbers.decimal(g['sqrt_rows'], 3)}"
        yield number(f"g, {one['feature_map']}", numbers.decimal(g["g"], 3), note, "quantum")
        rival = f"{numbers.percent(right['classical'])} classical, tuned"
        yield number(f"accuracy, {one['feature_map']}", numbers.percent(right["quantum"]), rival)


def maps(document: ReportDocument) -> Markup | None:
    """Return a table for each feature map."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    return block("Feature maps", [_map(one) for one in outcome["maps"]], note=_NOTE)


def crowding(document: ReportDocument) -> Markup | None:
    """Return how the variance of the entries goes with the number of qubits."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    drawn = [_crowd(one) for one in outcome["maps"] if len(_spreads(one)) > 1]
    return (
        block("Concentration", tag("div", drawn, class_="pair"), note=_CROWD_NOTE)
        if drawn
        else None
    )


def settings(document: ReportDocument) -> Markup | None:
    """Return how it was measured."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    found = outcome["settings"]
    rows = [
        ("data", data_line(outcome["data"])),
        ("lambda", f"{found['ridge']:g}"),
        ("classical kernels", f"{found['kernels']}: {', '.join(found['families'])}"),
        ("folds", str(found["folds"])),
        ("halves of the rows", str(found["halves"])),
        *(("note", note) for note in outcome["notes"]),
    ]
    return block("Settings", facts(rows))


SECTIONS = (maps, crowding, settings)


def _map(one: Mapping[str, Any]) -> Markup:
    head = tag("thead", tag("tr", [tag("th", t) for t in ("measure", "value", "what it means")]))
    lines = [(s["what"], s["value"], s["meaning"]) for s in one["says"]]
    lines.append(("a kernel bought", price_line(one["price"]), "a circuit for each pair of rows"))
    rows = tag("tbody", [_line(*line) for line in lines])
    return join(
        tag("h3", map_line(one)),
        tag("p", one["verdict"]["words"]),
        tag("div", tag("table", head, rows), class_="scroll"),
    )


def _line(what: str, value: str, meaning: str) -> Markup:
    return tag("tr", tag("th", what, scope="row"), tag("td", value), tag("td", meaning))


def _spreads(one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [s for s in one["concentration"]["by_qubits"] if s["variance"] > 0]


def _crowd(one: Mapping[str, Any]) -> Markup:
    from math import log2

    points = [(s["qubits"], log2(s["variance"])) for s in _spreads(one)]
    series = Series(
        name=one["feature_map"], points=[Point(x, y, y, y) for x, y in points], role="quantum"
    )
    title = f"Variance of the entries of {one['feature_map']} by qubits"
    drawn = curve_svg([series], title=title, x_label="qubits")
    return figure(key("quantum", one["feature_map"]), drawn)
