"""The sampler against random search at equal trials."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.html.document import ReportDocument
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag

UNMEASURED = (
    "It was not measured whether random search would have done as well:"
    " qml tune --compare random runs as many random trials."
)


def section(document: ReportDocument) -> Markup | None:
    """Return the comparison, or the sentence that there is none."""
    outcome = document["outcome"]
    if outcome is None or outcome["study"]["sampler"] == "random":
        return None
    found = outcome["rival"]
    if found is None:
        return block("Beside random search", tag("p", UNMEASURED))
    note = (
        f"After {found['trials']:,} trials each, {words.plural(found['searches'], 'seed')}."
        " Regret: distance to the best value that any of these searches saw."
    )
    heads = ("sampler", "mean regret", "95 % interval over seeds")
    return block(
        "Beside random search",
        tag(
            "table",
            tag("thead", tag("tr", [tag("th", head) for head in heads])),
            tag("tbody", [_row(name, r) for name, r in found["regret"].items()]),
        ),
        note=note,
    )


def _row(name: str, regret: Mapping[str, Any]) -> Markup:
    low, high = regret["low"], regret["high"]
    interval = (
        "one search: none" if low is None else f"{numbers.decimal(low)} to {numbers.decimal(high)}"
    )
    return tag("tr", [tag("td", c) for c in (name, numbers.decimal(regret["mean"]), interval)])
