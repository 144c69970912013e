"""What the result rests on: data, seeds, code, machine, configuration, and how to repeat it."""

import json
from typing import Any

from qml.report import words
from qml.report.facts import about_run
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, section
from qml.report.markup import Markup, tag
from qml.report.values import flat

_DATA = ("data", "seeds")
_MACHINE = ("when", "stopped by", "backend", "machine", "packages", "code", "usage", "artifacts")
_PURPOSE = {
    "qml report": "make this page again",
    "qml predict": "use the model on new rows",
    "qml sample model": "draw new rows from the model",
    "qml replay": "run it again and compare",
    "qml runs restore": "lay out code, configuration and packages",
    "qml runs resume": "go on from the last checkpoint",
}


def data(document: ReportDocument) -> Markup:
    """Return where the rows came from, and the seeds."""
    return section("Data and seeds", facts(_chosen(document, _DATA)))


def environment(document: ReportDocument) -> Markup:
    """Return when, where and with what it ran, and what it cost."""
    rows = _chosen(document, _MACHINE)
    outcome = document["outcome"]
    if outcome:
        rows.append(("cost", words.cost(outcome["cost"])))
    return section("Environment and cost", facts(rows))


def reproduce(document: ReportDocument) -> Markup:
    """Return the commands that repeat the run or take it up."""
    commands = words.next_commands(document["run_id"], document["status"], document["outcome"])
    lines = [
        tag("div", tag("code", line), tag("span", _purpose(line), class_="note"))
        for line in commands
        if not line.startswith("qml report")
    ]
    note = f"The record of this run lies in {document['run_dir']}."
    return section("Repeat it", tag("div", lines, class_="commands"), note=note, class_="box")


def config(document: ReportDocument) -> Markup:
    """Return the resolved configuration, folded away."""
    rows = [(key, _written(value)) for key, value in flat(document["manifest"]["config"]).items()]
    return tag(
        "section",
        tag("details", tag("summary", tag("h2", "Configuration")), facts(rows), class_="config"),
    )


def footer(document: ReportDocument) -> Markup:
    """Return the foot of the page."""
    version = document["manifest"]["packages"].get("qml-workbench", "")
    text = f"Made by qml {version}".strip()
    return tag("footer", f"{text} from the manifest of {document['run_id']}.")


def _written(value: Any) -> str:
    """Write a value as a person writes it in qml.toml, without the quotes of a text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _chosen(document: ReportDocument, names: tuple[str, ...]) -> list[tuple[str, str]]:
    found = dict(about_run(document))
    return [(name, found[name]) for name in names]


def _purpose(line: str) -> str:
    return next(text for start, text in _PURPOSE.items() if line.startswith(start))
