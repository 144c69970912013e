"""`[tune]`: the search for better settings."""

from typing import Any

from pydantic import Field

from qml.config.base import Section


class TuneSection(Section):
    """Trials, and how they are chosen."""

    trials: int = Field(80, ge=1, description="Trials of a study (trials).")
    sampler: str = Field(
        "auto", min_length=1, description="`auto`, `tpe`, `qubo`, `linear`, `random` or `cma`."
    )
    seed: int = Field(0, ge=0, le=2**63 - 1, description="Root seed of the search.")
    space: dict[str, Any] = Field(
        {}, description="What is tuned, by key of this file, e.g. 'train.learning_rate'."
    )
