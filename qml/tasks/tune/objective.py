"""What a trial is judged by: one number of its outcome, and whether more of it is better."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from qml.config import Config
from qml.errors import ConfigError, UsageError

DEFAULT = "validation_accuracy"
COMMAND = "value"
LESS_IS_BETTER = ("loss", "error", "seconds", "energy", "regret", "objective", "perplexity", "mmd2")
TRAINING = frozenset(
    {
        "circuits_per_second",
        "compile_seconds",
        "loss",
        "test_accuracy",
        "train_accuracy",
        "train_seconds",
        "validation_accuracy",
        "validation_loss",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What is made as large or as small as possible.

    Attributes:
        metric: Key of `metrics` in the outcome, or a dotted key of the whole document.
        direction: Whether more or less is better.
    """

    metric: str
    direction: Literal["max", "min"]

    @property
    def optuna_direction(self) -> str:
        """As Optuna calls it."""
        return {"max": "maximize", "min": "minimize"}[self.direction]

    def better(self, value: float, than: float | None) -> bool:
        """Whether a value is better than another one; every value is better than none."""
        if than is None:
            return True
        return value > than if self.direction == "max" else value < than

    def value_in(self, document: Mapping[str, Any]) -> float:
        """Find the number in the outcome of a trial.

        Raises:
            UsageError: It is not there, or is no finite number.
        """
        metrics = document.get("metrics", {})
        found = metrics.get(self.metric, _at(document, self.metric))
        if isinstance(found, bool) or not isinstance(found, int | float):
            numbers = [k for k, v in metrics.items() if isinstance(v, int | float)]
            raise UsageError(
                f"the outcome has no number `{self.metric}`",
                hint=f"--metric: {', '.join(numbers) or 'a dotted key of the document'}",
            )
        if not math.isfinite(found):
            raise UsageError(f"`{self.metric}` is {found}")
        return float(found)


def objective_of(config: Config) -> Objective:
    """Return what `[tune]` judges trials by.

    Raises:
        ConfigError: The trial's task has no metric of its own choosing, or not this one.
    """
    tune = config.tune
    training = tune.task == "train"
    if tune.command is not None:  # `metric` is a key of what it prints; its number is `value`
        return Objective(metric=COMMAND, direction=tune.direction or _direction(tune.metric or ""))
    metric = tune.metric or (DEFAULT if training else None)
    if metric is None:
        raise ConfigError(
            "no metric is named, by which trials could be judged",
            hint="--metric KEY: a number that the command prints with --json, with dots for what"
            " lies within",
        )
    if training and metric not in TRAINING:
        raise ConfigError(
            f"a training has no metric `{metric}`", hint=f"known: {', '.join(sorted(TRAINING))}"
        )
    return Objective(metric=metric, direction=tune.direction or _direction(metric))


def _direction(metric: str) -> Literal["max", "min"]:
    return "min" if metric.rpartition(".")[2].endswith(LESS_IS_BETTER) else "max"


def _at(document: Any, path: str) -> Any:
    for part in path.split("."):
        if isinstance(document, list) and part.isdigit() and int(part) < len(document):
            document = document[int(part)]
        elif isinstance(document, Mapping):
            document = document.get(part)
        else:
            return None
    return document
