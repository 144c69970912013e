"""A pipeline as one comment."""

from collections.abc import Iterator, Mapping
from typing import Any

MARK = {"passed": "✅", "warned": "⚠️", "failed": "❌", "missing": "⬜"}
TITLE = {
    "plan": "Lint and plan",
    "unit": "Tests on the simulator",
    "noise": "Noise",
    "bench": "Benchmark",
    "rehearsal": "Hardware, rehearsed",
    "hardware": "Hardware",
}


def comment(document: Mapping[str, Any]) -> str:
    """Render a document `qml.ci-report/1`."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    yield "### qml"
    yield ""
    yield "| | step | |"
    yield "|---|---|---|"
    for step in document["steps"]:
        yield f"| {MARK[step['state']]} | {TITLE[step['name']]} | {_cell(step['told'])} |"
    yield ""
    yield _cost(document)
    for step in document["steps"]:
        yield from _more(step)


def _cost(document: Mapping[str, Any]) -> str:
    currency = document["currency"]
    play = f" The rehearsal would have cost {document['rehearsed']} {currency}."
    told = f"**Cost: {document['spent']} {currency}.**"
    return told + (play if document["rehearsed"] != "0.00" else "")


def _more(step: Mapping[str, Any]) -> Iterator[str]:
    if step["details"]:
        yield ""
        yield f"**{TITLE[step['name']]}**"
        yield ""
        yield from (f"- {line}" for line in step["details"])
    if step["markdown"]:
        yield ""
        yield step["markdown"].rstrip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
