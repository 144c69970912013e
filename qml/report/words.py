"""Sentences on comparisons, costs and models; no layout."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers

_LABELS = {
    "logistic_regression": "logistic regression",
    "mlp": "MLP",
    "rbf_svc": "RBF-SVC",
}
TEST_NOTE = (
    "95 % intervals: Wilson. p: exact McNemar on the same test rows, Holm's correction over the "
    "baselines."
)


def label(name: str) -> str:
    """Return how people call a model that is registered under `name`."""
    return _LABELS.get(name, name)


def model_line(model: Mapping[str, Any]) -> str:
    """Describe a quantum model: `variational, 8 qubits, 4 layers`."""
    return (
        f"{model['kind']}, {plural(model['qubits'], 'qubit')}, {plural(model['layers'], 'layer')}"
    )


def gone(pieces: Mapping[str, Mapping[str, int]]) -> str:
    """Say what was pruned: `2 of 8 two-qubit gates, 7 of 24 rotations`."""
    nouns = {"two_qubit": "two-qubit gates", "rotation": "rotations", "weight": "weights"}
    return ", ".join(
        f"{found['gone']} of {found['of']} {nouns[kind]}" for kind, found in pieces.items()
    )


def plural(number: float, noun: str) -> str:
    """Write a number with its noun: `1 qubit`, `8 qubits`, `2.5 epochs`."""
    written = f"{number:,.0f}" if number == round(number) else f"{number:,.1f}"
    return f"{written} {noun}" if number == 1 else f"{written} {noun}s"


def comparison(found: Mapping[str, Any] | None) -> str:
    """Say how the quantum model stands against one baseline: `+1.7 points, not significant (...)`.

    Args:
        found: `difference`, `p_value`, `p_adjusted` of `qml.train/1`, or None.
    """
    if found is None:
        return ""
    word = {"ahead": "significantly better", "behind": "significantly worse"}.get(
        standing(found), "not significant"
    )
    p = numbers.p_value(found["p_adjusted"])
    return f"{numbers.points(found['difference'])}, {word} ({p})"


def brief_comparison(found: Mapping[str, Any] | None) -> str:
    """Say the same in the room of a column: `better (+3.9, p = 0.006)`."""
    if found is None:
        return ""
    word = {"ahead": "better", "behind": "worse"}.get(standing(found), "not shown")
    difference = numbers.points(found["difference"]).removesuffix(" points")
    return f"{word} ({difference}, {numbers.p_value(found['p_adjusted'])})"


def standing(found: Mapping[str, Any] | None) -> str:
    """Return `ahead`, `behind`, `even` or `unknown`: where the quantum model stands."""
    if found is None:
        return "unknown"
    if found["p_adjusted"] >= numbers.SIGNIFICANCE or found["difference"] == 0:
        return "even"
    return "ahead" if found["difference"] > 0 else "behind"


def cost(money: Mapping[str, str]) -> str:
    """Say what a run was expected to cost and what was billed."""
    estimated, billed, currency = money["estimated"], money["billed"], money["currency"]
    if billed == "unknown":
        return "unknown: what a server or a command of yours asks for is between it and you"
    if float(estimated) == 0 and float(billed) == 0:
        return f"nothing (0.00 {currency})"
    return f"{billed} {currency} billed, {estimated} {currency} estimated"


def next_commands(run: str, status: str, outcome: Mapping[str, Any] | None = None) -> list[str]:
    """Return what to type next about a run.

    Args:
        run: Its id.
        status: Where it stands.
        outcome: Its outcome, where it has one; that of a training of a classifier where None.
    """
    if status == "running":
        return []
    if status != "finished":
        return [f"qml runs resume {run}", f"qml runs restore {run} DIR"]
    return [
        f"qml report {run}",
        *_uses(run, "qml.train/1" if outcome is None else outcome["schema"]),
        f"qml replay {run}",
        f"qml runs restore {run} DIR",
    ]


def _uses(run: str, schema: str) -> list[str]:
    """Return what a trained model is for; other runs have none."""
    made = {
        "qml.compress-circuit/1": [f"qml predict {run} FILE"],
        "qml.train/1": [f"qml predict {run} FILE"],
        "qml.train-generative/1": [f"qml sample model {run} -n 1000"],
    }
    return made.get(schema, [])
