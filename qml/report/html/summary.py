"""The top of the page: which run, the verdict, and the numbers that carry it."""

from qml.report import numbers
from qml.report.html.document import ReportDocument
from qml.report.html.kinds import kind_of
from qml.report.html.parts import glued
from qml.report.markup import Child, Markup, tag


def header(document: ReportDocument) -> Markup:
    """Return the head of the page."""
    outcome = document["outcome"]
    carrying = list(kind_of(outcome).key_numbers(outcome)) if outcome else []
    return tag(
        "header",
        tag("p", _kicker(document), class_="kicker"),
        tag("h1", document["name"] or document["run_id"]),
        tag("p", _about(document), class_="about"),
        tag("p", glued(outcome["verdict"]), class_="verdict") if outcome else _unfinished(document),
        tag("div", carrying, class_="numbers") if outcome else None,
    )


def _kicker(document: ReportDocument) -> list[Child]:
    status = document["status"]
    return ["Run report", " ", tag("span", status, class_=f"status {status}")]


def _about(document: ReportDocument) -> str:
    manifest, outcome = document["manifest"], document["outcome"]
    parts = [numbers.moment(manifest["start"]), document["run_id"]]
    if outcome:
        parts.insert(0, kind_of(outcome).about(outcome))
    return " \N{MIDDLE DOT} ".join(parts)


def _unfinished(document: ReportDocument) -> Markup:
    error = document["manifest"].get("error")
    why = f": {error['message']}" if error else ""
    text = f"This run has no result yet; it is {document['status']}{why}."
    return tag("p", text, class_="verdict")
