"""One trial as a piece of work that any process can carry out: what goes in, what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, Protocol

from qml.config import Config, validate
from qml.config.tuned import with_values

State = Literal["complete", "pruned", "failed", "interrupted", "budget"]

OUTPUT = "output"
COMMAND = "trial"
"""The verb of a run that ran a command of the user's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A trial to carry out.

    Attributes:
        search: Name of the search that asked for it.
        number: Its number there.
        verb: Command that carries it out: `train`, `sample` or `trial`.
        name: Name of its run.
        parent: Id of the study's run.
        config: Configuration document.
        metric: What it is judged by.
        run_id: Run that an earlier session began, or None.
        most: Most that it may cost; no cap of its own where None.
    """

    search: str
    number: int
    verb: str
    name: str
    parent: str
    config: Mapping[str, Any]
    metric: str
    run_id: str | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a trial ended.

    Attributes:
        state: `interrupted` and `budget` trials can go on; the others are over.
        value: What it is judged by; None where it has none.
        error: Why there is no value.
        seconds: How long this session of it took.
        facts: Numbers worth keeping beside the value.
        exit_code: Of the error that ended it.
    """

    state: State
    value: float | None = None
    error: str | None = None
    seconds: float = 0.0
    facts: Mapping[str, float] = field(default_factory=dict)
    exit_code: int = 0


class Watcher(Protocol):
    """Whom a trial tells how it goes."""

    def born(self, run_id: str) -> None:
        """Take note of the trial's run; nothing was bought before."""
        ...

    def report(self, epoch: int, values: Mapping[str, float]) -> bool:
        """Take note of how an epoch went, and say whether to give the trial up."""
        ...


def trial_config(config: Config, values: Mapping[str, Any]) -> Config:
    """Return the configuration of one trial.

    Rivals are not trained again for each trial, and validation rows are kept back to judge it.
    Trials of a sampling write no file of the user's, which the next one would overwrite.
    """
    document = config.document()
    if config.tune.command is not None:
        return validate(with_values(document, {"tune.values": dict(values), "tune.space": {}}))
    del document["tune"]
    if config.tune.task == "train":
        values = {"baselines.enabled": False, "data.hold_out": True, **values}
    else:
        document["sample"] = _without_output(document["sample"])
    return validate(with_values(document, values))


def _without_output(sample: Mapping[str, Any]) -> dict[str, Any]:
    """Leave the file out that each kind of sampling writes its result to."""
    kinds = {key: value for key, value in sample.items() if isinstance(value, Mapping)}
    kept = {kind: {k: v for k, v in of.items() if k != OUTPUT} for kind, of in kinds.items()}
    return {**sample, **kept}


def verb_of(config: Config) -> str:
    """Return the command that carries out a trial."""
    return COMMAND if config.tune.command is not None else config.tune.task
