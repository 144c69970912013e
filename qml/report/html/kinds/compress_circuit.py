"""The page of `qml compress run:RUN`: what is left, every cut beside it, and how it was chosen."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qml.report import numbers, words
from qml.report.html.document import ReportDocument
from qml.report.html.parts import number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag

_CUTS = (
    "by",
    "two-qubit gates",
    "depth",
    "parameters",
    "test accuracy",
    "95 % interval",
    "KL from the whole model",
    "test loss",
    "training loss",
    "losses measured",
    "evaluations",
    "time",
    "price",
    "",
)


def about(outcome: Mapping[str, Any]) -> str:
    """Say what was pruned."""
    model = outcome["model"]
    size = words.plural(model["qubits"], "qubit")
    return f"{model['kind'].capitalize()}, {size}, {outcome['target']} of each kind gone"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield what is left and what it costs."""
    whole = outcome["rows"][0]
    kept = next(row for row in outcome["rows"] if row["chosen"])
    yield number(
        "two-qubit gates",
        numbers.count(kept["two_qubit"]),
        f"of {numbers.count(whole['two_qubit'])}",
    )
    bounds = f"95 %: {numbers.interval(kept['accuracy_ci'])}"
    yield number("test accuracy", numbers.percent(kept["accuracy"]), bounds, "quantum")
    price = outcome["price"]
    what = f"{price['rows']:,} predictions on {price['machine']}, before {money(whole['price'])}"
    yield number("price", money(kept["price"]), what)


def money(price: Mapping[str, Any]) -> str:
    """Write an expected price."""
    return f"{float(price['expected']):,.2f} {price['currency']}"


def cuts(document: ReportDocument) -> Markup | None:
    """Return the whole model and all cuts as a table."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    notes = [tag("p", f"Note: {note}.", class_="note") for note in outcome["notes"]]
    gone = words.gone(outcome["pieces"])
    rows = [_cells(row) for row in outcome["rows"]]
    note = f"Every cut takes out {gone}. The one that is kept has the least training loss."
    return block("What is left", _table(_CUTS, rows), notes, note=note)


def models(document: ReportDocument) -> Markup | None:
    """Return how well each model of the loss predicted cuts that it had not seen."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    rows = [
        [
            found["name"] + (" (used)" if found["chosen"] else ""),
            "yes" if found["quadratic"] else "no",
            numbers.decimal(found["spearman"], 3),
        ]
        for found in outcome["expansions"]
    ]
    heads = ("model of the loss", "pair terms", "rank correlation with true losses")
    return block("Models of the loss", _table(heads, rows), note="On held-out random cuts.")


SECTIONS = (cuts, models)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    built = tag(
        "table",
        tag("thead", tag("tr", [tag("th", head) for head in heads])),
        tag("tbody", [tag("tr", [tag("td", cell) for cell in row]) for row in rows]),
    )
    return tag("div", built, class_="scroll")


def _cells(row: Mapping[str, Any]) -> list[str]:
    return [
        row["label"] + (" (kept)" if row["chosen"] else ""),
        numbers.count(row["two_qubit"]),
        numbers.count(row["depth"]),
        numbers.count(row["parameters"]),
        numbers.percent(row["accuracy"]),
        numbers.interval(row["accuracy_ci"]),
        numbers.decimal(row["kl"], 3),
        numbers.decimal(row["loss"]),
        numbers.decimal(row["train_loss"]),
        numbers.count(row["losses"]),
        numbers.count(row["evaluations"]),
        numbers.seconds(row["seconds"]),
        money(row["price"]),
        row["note"],
    ]
