"""A training: accuracies beside the rivals, learning curves, confusion and circuit."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.html import curves, models, pictures
from qml.report.html.parts import number
from qml.report.markup import Markup

SECTIONS = (models.section, curves.section, pictures.confusion, pictures.circuit)


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was trained, and where."""
    return f"{words.model_line(outcome['model'])} on {outcome['backend']}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the numbers that carry the verdict."""
    metrics = outcome["metrics"]
    yield _number("test accuracy", metrics, "quantum")
    rival = best_rival(outcome)
    if rival:
        yield _number(f"best rival, {words.label(rival['name'])}", rival["metrics"], "classical")
        if rival.get("comparison"):
            yield _difference(rival["comparison"])
    yield number("parameters", numbers.count(outcome["model"]["parameters"]), "trainable")
    yield number("training", numbers.seconds(metrics["train_seconds"]), _speed(metrics))
    cost = outcome["cost"]
    yield number("billed", f"{cost['billed']} {cost['currency']}", f"{cost['estimated']} estimated")


def best_rival(outcome: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the most accurate baseline, of equal ones that of the clearest difference, or None."""
    trained = [b for b in outcome["baselines"] if b["metrics"].get("test_accuracy") is not None]
    return min(trained, key=lambda b: (-b["metrics"]["test_accuracy"], _clarity(b)), default=None)


def _clarity(found: Mapping[str, Any]) -> float:
    compared = found.get("comparison")
    return compared["p_adjusted"] if compared else 1.0


def _number(title: str, metrics: Mapping[str, Any], role: str) -> Markup:
    value = numbers.percent(metrics["test_accuracy"])
    return number(title, value, f"95 %: {numbers.interval(metrics['test_accuracy_ci'])}", role)


def _difference(found: Mapping[str, Any]) -> Markup:
    sense = {"ahead": "significant", "behind": "significant"}.get(
        words.standing(found), "not significant"
    )
    value = numbers.points(found["difference"])
    return number("difference", value, f"{sense}, {numbers.p_value(found['p_adjusted'])}")


def _speed(metrics: Mapping[str, Any]) -> str:
    rate = metrics.get("circuits_per_second")
    return f"{numbers.count(rate)} circuits/s" if rate else ""
