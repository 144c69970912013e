"""`qml runs show`: everything about a run in one screen."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import numbers, words
from qml.report.facts import about_run
from qml.report.tables.layout import Adaptive, heading, pairs
from qml.report.tables.outcome import outcome_table
from qml.report.tables.runs import STATUS_STYLE
from qml.report.tables.train import comparison_table, mitigation_row, speed_line, verdict_line

CLASSIFIER = "qml.train/1"
"""Outcomes of other schemas show themselves."""


def run_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.run/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def _parts(document: Mapping[str, Any], width: int) -> Iterable[RenderableType]:
    outcome = document["outcome"]
    yield _title(document)
    if outcome and outcome["schema"] != CLASSIFIER:
        yield from ("", outcome_table(outcome), "", pairs(about_run(document)))
        return
    if outcome:
        yield comparison_table(outcome, width)
        yield verdict_line(outcome)
        yield ""
    yield pairs([*_work(outcome), *about_run(document), *_next(document)])


def _title(document: Mapping[str, Any]) -> Text:
    title = heading(document["run_id"])
    if document["name"]:
        title.append(f"  {document['name']}")
    state = document["status"]
    return title.append(f"  {state}", f"not bold {STATUS_STYLE.get(state, '')}")


def _work(outcome: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    if not outcome:
        return []
    loss = numbers.decimal(outcome["metrics"].get("loss"))
    return [
        ("model", words.model_line(outcome["model"])),
        ("work", speed_line(outcome["metrics"])),
        *mitigation_row(outcome["metrics"]),
        ("final loss", "" if loss == numbers.MISSING else loss),
        ("cost", words.cost(outcome["cost"])),
    ]


def _next(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [("next", "\n".join(words.next_commands(document["run_id"], document["status"])))]
