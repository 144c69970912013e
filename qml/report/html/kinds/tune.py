"""A study: the best settings, how the search went, what matters, and all trials at a glance."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import numbers, words
from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, number
from qml.report.html.parts import section as block
from qml.report.html.tuning import coordinates, importance, progress, rival
from qml.report.markup import Markup, tag
from qml.report.values import short

MOST_ROWS = 200


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was searched, and how."""
    study = outcome["study"]
    trials = words.plural(outcome["metrics"]["trials"], "trial")
    return f"{trials} of {study['task']} for {study['metric']}, {study['sampler']}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the numbers that carry the verdict."""
    study, metrics, best = outcome["study"], outcome["metrics"], outcome["best"]
    if best is not None:
        name = study["metric"].replace("_", " ")
        yield number(f"best {name}", numbers.decimal(best["value"]), f"trial {best['number']}")
    test = outcome["test"]
    if test is not None and "test_accuracy" in test:
        bounds = f"95 %: {numbers.interval(test['test_accuracy_ci'])}"
        yield number("test accuracy", numbers.percent(test["test_accuracy"]), bounds, "quantum")
    yield number("trials", f"{metrics['trials']:,}", _counts(metrics))
    cost = outcome["cost"]
    known = cost["billed"] != "unknown"
    billed = f"{cost['billed']} {cost['currency']}" if known else "unknown"
    yield number("billed", billed, "all trials together")


def best(document: ReportDocument) -> Markup | None:
    """Return the settings that won."""
    outcome = document["outcome"]
    if outcome is None or outcome["best"] is None:
        return None
    found = outcome["best"]
    notes = [tag("p", f"Note: {note}.", class_="note") for note in outcome["notes"]]
    rows = [(key, short(value)) for key, value in found["values"].items()]
    return block("The best settings", facts(rows), notes, note=f"Run {found['run_id']}.")


def trials(document: ReportDocument) -> Markup | None:
    """Return all trials as a table that can be opened."""
    outcome = document["outcome"]
    if outcome is None or not outcome["trials"]:
        return None
    shown = outcome["trials"][:MOST_ROWS]
    keys = list(dict.fromkeys(key for t in shown for key in t["values"]))
    heads = ["search", "trial", "state", outcome["study"]["metric"], *keys, "time", "run"]
    table = tag(
        "table",
        tag("thead", tag("tr", [tag("th", head) for head in heads])),
        tag("tbody", [_row(trial, keys) for trial in shown]),
    )
    left_out = len(outcome["trials"]) - len(shown)
    more = tag("p", f"{left_out:,} more are in outcome.json.", class_="note") if left_out else None
    return tag(
        "section",
        tag("details", tag("summary", tag("h2", "All trials")), tag("div", table, class_="scroll")),
        more,
    )


SECTIONS = (
    best,
    progress.section,
    importance.section,
    coordinates.section,
    rival.section,
    trials,
)


def _row(trial: Mapping[str, Any], keys: list[str]) -> Markup:
    values = [short(trial["values"][key]) if key in trial["values"] else "" for key in keys]
    state = trial["state"] if trial["error"] is None else f"{trial['state']}: {trial['error']}"
    cells = [trial["search"], str(trial["number"]), state, numbers.decimal(trial["value"])]
    cells += [*values, numbers.seconds(trial["seconds"]), trial["run_id"] or ""]
    return tag("tr", [tag("td", cell) for cell in cells])


def _counts(metrics: Mapping[str, Any]) -> str:
    found = [f"{metrics[key]:,} {key}" for key in ("pruned", "failed", "open") if metrics[key]]
    return ", ".join(found) or "all ended well"
