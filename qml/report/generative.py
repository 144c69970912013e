"""Words and numbers on generative models, the same in the terminal and on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qml.report import numbers, words

QUANTUM = frozenset({"iqp", "born_machine"})
_LABELS = {"rbm": "RBM", "bitflip": "bit flips", "born_machine": "Born machine", "iqp": "IQP"}
_PREFIX = "mmd2_sigma_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model of the comparison.

    Attributes:
        title: How people call it.
        role: CSS class.
        parameters: Trained parameters.
        metrics: Its numbers.
        against: How the model of the run stands against it; empty for the model itself.
    """

    title: str
    role: str
    parameters: int
    metrics: Mapping[str, Any]
    against: str = ""


def label(kind: str) -> str:
    """Return how people call a kind of model."""
    return _LABELS.get(kind, kind)


def models(document: Mapping[str, Any]) -> list[Row]:
    """Return the model of a document `qml.train-generative/1`, then its rivals."""
    model = document["model"]
    side = "quantum" if model["kind"] in QUANTUM else "classical"
    own = Row(
        title=f"{label(model['kind'])} ({side})",
        role="quantum",
        parameters=model["parameters"],
        metrics=document["metrics"],
    )
    return [own, *(_rival(found) for found in document["baselines"])]


def against(compared: Mapping[str, Any] | None) -> str:
    """Say how the model stands against a rival: `better, 25.3 times closer`."""
    if compared is None:
        return ""
    low, high = compared["difference_ci"]
    ratio = compared["ratio"]
    if high < 0:
        return f"better, {ratio:.1f} times closer" if ratio else "better"
    if low > 0:
        return f"worse, {1 / ratio:.1f} times farther" if ratio else "worse"
    return "no difference shown"


def about(document: Mapping[str, Any]) -> str:
    """Describe model and place: `IQP, 16 qubits, trained on this machine`."""
    model = document["model"]
    unit = "qubit" if model["kind"] in QUANTUM else "bit"
    return f"{label(model['kind'])}, {words.plural(model['qubits'], unit)}, trained on this machine"


def target_line(target: Mapping[str, Any]) -> str:
    """Say what total variation distances are measured to."""
    if target["kind"] == "none":
        return str(target["words"])
    own = numbers.decimal(target["training_rows"], 3)
    return f"to {target['words']}; the training rows' own frequencies: {own}"


def work_line(metrics: Mapping[str, Any]) -> str:
    """Say how much work it was and how fast."""
    took = numbers.seconds(metrics["train_seconds"])
    done = f"{words.plural(metrics['steps'], 'step')} in {took}"
    if metrics.get("compile_seconds"):
        done += f", {numbers.seconds(metrics['compile_seconds'])} of compilation"
    return done


def next_commands(run: str) -> list[str]:
    """Return what to type next."""
    return [f"qml sample model {run} -n 1000", f"qml report {run}", f"qml replay {run}"]


def sigma_keys(metrics: Mapping[str, Any]) -> dict[str, str]:
    """Return the bandwidths as texts, by the name of their metric."""
    found = [k for k in metrics if k.startswith(_PREFIX) and not k.endswith("_ci")]
    return {key: key.removeprefix(_PREFIX) for key in found}


def small(value: float | None) -> str:
    """Write a small number: `4.9e-4`."""
    if value is None:
        return numbers.MISSING
    return (
        f"{value:.1e}".replace("e-0", "e-")
        .replace("e+00", "")
        .replace("-", numbers.MINUS, value < 0)
    )


def interval(bounds: Sequence[float] | None) -> str:
    """Write an interval of small numbers."""
    if bounds is None:
        return numbers.MISSING
    return f"{small(bounds[0])} to {small(bounds[1])}"


def _rival(found: Mapping[str, Any]) -> Row:
    return Row(
        title=label(found["name"]),
        role="classical" if found["name"] not in QUANTUM else "quantum",
        parameters=found["parameters"],
        metrics=found["metrics"],
        against=against(found["comparison"]),
    )
