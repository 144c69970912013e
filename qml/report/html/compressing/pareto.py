"""Size against divergence."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report.compression import final_name, name_of
from qml.report.html.document import ReportDocument
from qml.report.html.parts import key
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.svg.pareto import Spot, pareto_svg


def section(document: ReportDocument) -> Markup | None:
    """Return the plot of all candidates that have a size and a divergence."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    spots = list(_spots(outcome))
    if not spots:
        return None
    noun = outcome["held_out"]["noun"]
    picture = pareto_svg(
        spots,
        title="Size of the file against divergence from the teacher",
        x_label="size of the file, MB",
        y_label=f"KL, nats for each {noun}",
    )
    keys = [key("quantum", "chosen"), key("classical", "rivals and steps before")]
    if outcome["export"] is not None:
        keys.append(key("test", "the written file"))
    return block(
        "Size against what was lost",
        picture,
        tag("div", keys, class_="keys"),
        note=_note(outcome),
    )


def _note(outcome: Mapping[str, Any]) -> str:
    teacher = next(row for row in outcome["rows"] if row["method"] == "teacher")
    return (
        "Lower left is better; bars are 95 % intervals, the stairs join what nothing else beats."
        f" The teacher, {teacher['bytes_predicted'] / 1e6:,.4g} MB with a divergence of 0, lies"
        " beyond the right edge, infinitely far down."
    )


def _spots(outcome: Mapping[str, Any]) -> Iterator[Spot]:
    final = final_name(outcome)
    for row in outcome["rows"]:
        size = row["bytes"] if row["bytes"] is not None else row["bytes_predicted"]
        if row["method"] == "teacher" or not row["kl"] or size is None or row["same_as"]:
            continue
        role = "test" if row["method"] == "export" else "classical"
        role = "quantum" if name_of(row) == final else role
        low, high = row["kl_ci"]
        yield Spot(f"{row['label']} ({row['method']})", size / 1e6, row["kl"], (low, high), role)
