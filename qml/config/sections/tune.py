"""`[tune]`: the search for better settings."""

from typing import Any, Literal

from pydantic import Field

from qml.config.base import Section


class TuneSection(Section):
    """Trials, how they are chosen, and by what they are judged."""

    task: Literal["train", "sample"] = Field(
        "train", description="What a trial does: `qml train` or `qml sample`."
    )
    trials: int = Field(80, ge=1, le=100_000, description="Trials of a study (trials).")
    sampler: str = Field(
        "auto", min_length=1, description="`auto`, `tpe`, `qubo`, `linear`, `random` or `cma`."
    )
    options: dict[str, Any] = Field({}, description="Settings of the sampler.")
    metric: str | None = Field(
        None,
        min_length=1,
        description="Metric of a trial's outcome; `validation_accuracy` of a training.",
    )
    direction: Literal["max", "min"] | None = Field(
        None, description="Whether more or less is better; by the metric's name where not given."
    )
    pruner: Literal["none", "median", "hyperband"] = Field(
        "none", description="Stops hopeless trainings early by their validation loss."
    )
    parallel: int = Field(1, ge=1, le=256, description="Trials at a time, a process each.")
    seconds: float | None = Field(None, gt=0, description="No trial begins later than this (s).")
    study: str | None = Field(
        None,
        pattern=r"^\w[\w.-]{0,99}$",
        description="Name of the study, to go on with it; by default the id of its run.",
    )
    rival: Literal["none", "random"] = Field(
        "none", description="`random` runs a random search of as many trials beside it."
    )
    repeats: int = Field(
        1, ge=1, le=100, description="Searches with other seeds, for intervals (searches)."
    )
    refit: bool = Field(
        default=True, description="Train the best settings once more, on the test rows too."
    )
    command: str | None = Field(
        None, min_length=1, description="A command of your own, with {name} for each parameter."
    )
    metric_from: str = Field(
        "stdout",
        min_length=1,
        description="`stdout`: its last line, a number or JSON; else a regular expression.",
    )
    timeout: float | None = Field(
        None, gt=0, description="Longest time of a trial of the command (s)."
    )
    used: dict[str, int] = Field(
        {}, description="Trials that each search made in a run that is replayed; set by replay."
    )
    values: dict[str, Any] = Field(
        {}, description="Values of the parameters in one trial of the command; set by the study."
    )
    seed: int = Field(0, ge=0, le=2**63 - 1, description="Root seed of the search.")
    space: dict[str, Any] = Field(
        {}, description="What is tuned, by key of this file, e.g. 'train.learning_rate'."
    )
