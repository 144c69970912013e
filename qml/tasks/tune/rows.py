"""Trials, searches and the best of them as rows of the document."""

import json
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qml.config import Config
from qml.tasks.tune.distributions import values_of
from qml.tasks.tune.objective import Objective
from qml.tasks.tune.process import words_of
from qml.tasks.tune.search import ERROR, FACTS, RUN, SECONDS, Search
from qml.tasks.tune.searches import Lane

if TYPE_CHECKING:
    from optuna.trial import FrozenTrial

PROPOSED_BY = "proposed by"
"""What a sampler that chooses among models calls the one that it took."""
STATES = {
    "COMPLETE": "complete",
    "PRUNED": "pruned",
    "FAIL": "failed",
    "RUNNING": "open",
    "WAITING": "open",
}

Row = dict[str, Any]
Lanes = Sequence[tuple[Lane, Search]]


def trial_rows(lanes: Lanes) -> list[Row]:
    """Return a row for each trial of each search."""
    return [_row(lane, search, trial) for lane, search in lanes for trial in search.trials()]


def search_rows(lanes: Lanes, objective: Objective) -> list[Row]:
    """Return a row for each search: how many trials, and the best value."""
    return [_search_row(lane, search, objective) for lane, search in lanes if search.begun]


def best_row(lanes: Lanes, objective: Objective, config: Config) -> Row | None:
    """Return the best trial of all searches, or None where none ended well.

    Of equally good ones the first counts: that of the sampler before that of its rival.
    """
    found: Row | None = None
    for lane, search in lanes:
        trial = search.best()
        if trial is not None and objective.better(trial.value, found["value"] if found else None):
            found = _row(lane, search, trial)
    if found is not None:
        found["use_it"] = _use_it(config, found["values"])
    return found


def _use_it(config: Config, values: dict[str, Any]) -> str:
    """Return the command line that does a trial again, as a shell takes it."""
    if config.tune.command is not None:
        return shlex.join(words_of(config.tune.command, values))
    pairs = [f"{key}={toml(value)}" for key, value in values.items()]
    return shlex.join(["qml", config.tune.task, *(w for pair in pairs for w in ("--set", pair))])


def toml(value: Any) -> str:
    """Write a value as `--set` takes it."""
    return json.dumps(value, ensure_ascii=False)


def so_far(values: Sequence[float | None], objective: Objective) -> list[float | None]:
    """Return the best value after each trial; None before the first one that has a value."""
    found: list[float | None] = []
    best: float | None = None
    for value in values:
        if value is not None and objective.better(value, best):
            best = value
        found.append(best)
    return found


def _row(lane: Lane, search: Search, trial: "FrozenTrial") -> Row:
    whole = all(name in trial.params for name in search.names)
    return {
        "search": lane.place,
        "number": trial.number,
        "state": STATES[trial.state.name],
        "value": trial.value if trial.state.name == "COMPLETE" else None,
        "values": values_of(search.space, trial.params) if whole else {},
        "run_id": trial.user_attrs.get(RUN),
        "seconds": trial.user_attrs.get(SECONDS),
        "error": trial.user_attrs.get(ERROR),
        "proposed_by": trial.user_attrs.get(PROPOSED_BY, lane.sampler),
        "facts": trial.user_attrs.get(FACTS, {}),
    }


def _search_row(lane: Lane, search: Search, objective: Objective) -> Row:
    best = search.best()
    values = [_value(trial) for trial in search.trials()]
    return {
        "name": lane.place,
        "study": lane.name,
        "sampler": lane.sampler,
        "repeat": lane.repeat,
        "seed": lane.seed,
        "trials": search.begun,
        "best": None if best is None else best.value,
        "best_so_far": so_far(values, objective),
    }


def _value(trial: "FrozenTrial") -> float | None:
    return trial.value if trial.state.name == "COMPLETE" else None
