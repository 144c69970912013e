"""All trials at a glance: parallel coordinates."""

from collections.abc import Mapping, Sequence
from typing import Any

from qml.report import numbers
from qml.report.html.document import ReportDocument
from qml.report.html.parts import figure, key
from qml.report.html.parts import section as block
from qml.report.html.tuning.scales import Scale, range_scale, scale_of
from qml.report.markup import Markup, join, tag
from qml.report.svg.parallel import Axis, Strand, parallel_svg

MOST_AXES = 10


def section(document: ReportDocument) -> Markup | None:
    """Return the plot, or None where fewer than two trials have a value."""
    outcome = document["outcome"]
    ended = [t for t in outcome["trials"] if t["value"] is not None] if outcome else []
    if outcome is None or len(ended) < 2:  # noqa: PLR2004 - one line shows nothing
        return None
    study = outcome["study"]
    keys = [parameter["key"] for parameter in study["space"][:MOST_AXES]]
    scales = [scale_of(parameter) for parameter in study["space"][:MOST_AXES]]
    values = [t["value"] for t in ended]
    scales.append(range_scale(min(values), max(values)))
    names = [*(k.rpartition(".")[2] for k in keys), study["metric"].replace("_", " ")]
    axes = [Axis(name=n, marks=s.marks) for n, s in zip(names, scales, strict=True)]
    upwards = study["direction"] == "max"
    strands = [_strand(trial, keys, scales, upwards=upwards) for trial in ended]
    legend = [key("validation", "the best trial"), key("train", "others, darker where better")]
    drawn = parallel_svg(axes, strands, title="Trials as lines over the parameters")
    return block("All trials at a glance", figure(join(legend), tag("div", drawn, class_="scroll")))


def _strand(
    trial: Mapping[str, Any], keys: Sequence[str], scales: Sequence[Scale], *, upwards: bool
) -> Strand:
    values = [*(trial["values"][k] for k in keys), trial["value"]]
    heights = [scale.place(value) for scale, value in zip(scales, values, strict=True)]
    return Strand(
        heights=heights,
        rank=heights[-1] if upwards else 1.0 - heights[-1],
        name=f"{trial['search']} {trial['number']}: {numbers.decimal(trial['value'])}",
    )
