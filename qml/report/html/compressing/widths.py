"""How precise every tensor of the choice is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from qml.report.html.document import ReportDocument
from qml.report.html.parts import figure
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.svg.heatmap import heatmap_svg
from qml.report.svg.shares import shares_svg

_NARROW = 16.0


def section(document: ReportDocument) -> Markup | None:
    """Return the map of layers and kinds of tensors, and how many weights have which format."""
    outcome = document["outcome"]
    if outcome is None or not outcome["allocation"]:
        return None
    units = outcome["allocation"]
    return block(
        "What is kept how precisely",
        figure("Bits for each weight of the choice, by layer and kind of tensor", _map(units)),
        tag("div", figure("Share of the weights in each format", _shares(units)), class_="narrow"),
        note="Codes alone, without scales. Darker is more precise.",
    )


def _map(units: Sequence[Mapping[str, Any]]) -> Markup:
    groups = list(dict.fromkeys(unit["group"] for unit in units))
    kinds = list(dict.fromkeys(unit["kind"] for unit in units))
    values: dict[tuple[str, str], float] = {}
    weights: Counter[tuple[str, str]] = Counter()
    for unit in units:
        weights[unit["kind"], unit["group"]] += unit["weights"]
    for unit in units:
        place = unit["kind"], unit["group"]
        values[place] = values.get(place, 0.0) + unit["bits"] * unit["weights"] / weights[place]
    found = heatmap_svg(
        kinds,
        groups,
        values,
        title="Bits for each weight by layer and kind of tensor",
        x_label="layer",
        full=min(_NARROW, max(values.values())),
    )
    return tag("div", found, class_="scroll")


def _shares(units: Sequence[Mapping[str, Any]]) -> Markup:
    held: Counter[str] = Counter()
    tensors = Counter(unit["format"] for unit in units)
    for unit in units:
        held[unit["format"]] += unit["weights"]
    whole = sum(held.values())
    shares = {f"{name}, {tensors[name]} tensors": held[name] / whole for name in sorted(held)}
    return shares_svg(shares, title="Share of the weights in each format")
