"""The top of the page: which run, the verdict, and the numbers that carry it."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.html.document import ReportDocument
from qml.report.html.parts import glued
from qml.report.markup import Child, Markup, tag


def header(document: ReportDocument) -> Markup:
    """Return the head of the page."""
    outcome = document["outcome"]
    return tag(
        "header",
        tag("p", _kicker(document), class_="kicker"),
        tag("h1", document["name"] or document["run_id"]),
        tag("p", _about(document), class_="about"),
        tag("p", glued(outcome["verdict"]), class_="verdict") if outcome else _unfinished(document),
        tag("div", list(_key_numbers(outcome)), class_="numbers") if outcome else None,
    )


def _kicker(document: ReportDocument) -> list[Child]:
    status = document["status"]
    return ["Run report", " ", tag("span", status, class_=f"status {status}")]


def _about(document: ReportDocument) -> str:
    manifest, outcome = document["manifest"], document["outcome"]
    parts = [numbers.moment(manifest["start"]), document["run_id"]]
    if outcome:
        parts.insert(0, f"{words.model_line(outcome['model'])} on {outcome['backend']}")
    return " \N{MIDDLE DOT} ".join(parts)


def _unfinished(document: ReportDocument) -> Markup:
    error = document["manifest"].get("error")
    why = f": {error['message']}" if error else ""
    text = f"This run has no result yet; it is {document['status']}{why}."
    return tag("p", text, class_="verdict")


def _key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    metrics = outcome["metrics"]
    yield _number("test accuracy", metrics, "quantum")
    rival = best_rival(outcome)
    if rival:
        yield _number(f"best rival, {words.label(rival['name'])}", rival["metrics"], "classical")
        if rival.get("comparison"):
            yield _difference(rival["comparison"])
    yield _plain("parameters", numbers.count(outcome["model"]["parameters"]), "trainable")
    yield _plain("training", numbers.seconds(metrics["train_seconds"]), _speed(metrics))
    cost = outcome["cost"]
    yield _plain("billed", f"{cost['billed']} {cost['currency']}", f"{cost['estimated']} estimated")


def best_rival(outcome: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the most accurate baseline, of equal ones that of the clearest difference, or None."""
    trained = [b for b in outcome["baselines"] if b["metrics"].get("test_accuracy") is not None]
    return min(trained, key=lambda b: (-b["metrics"]["test_accuracy"], _clarity(b)), default=None)


def _clarity(found: Mapping[str, Any]) -> float:
    compared = found.get("comparison")
    return compared["p_adjusted"] if compared else 1.0


def _number(title: str, metrics: Mapping[str, Any], role: str) -> Markup:
    value = numbers.percent(metrics["test_accuracy"])
    return _plain(title, value, f"95 %: {numbers.interval(metrics['test_accuracy_ci'])}", role)


def _difference(found: Mapping[str, Any]) -> Markup:
    sense = {"ahead": "significant", "behind": "significant"}.get(
        words.standing(found), "not significant"
    )
    value = numbers.points(found["difference"])
    return _plain("difference", value, f"{sense}, {numbers.p_value(found['p_adjusted'])}")


def _plain(title: str, value: str, note: str, role: str = "") -> Markup:
    return tag(
        "div",
        tag("span", title, class_="what"),
        tag("strong", glued(value)),
        tag("span", glued(note), class_="note"),
        class_=f"number {role}".strip(),
    )


def _speed(metrics: Mapping[str, Any]) -> str:
    rate = metrics.get("circuits_per_second")
    return f"{numbers.count(rate)} circuits/s" if rate else ""
