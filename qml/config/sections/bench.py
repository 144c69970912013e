"""`[bench]`, `[rival]` and `[measure]`: benchmarks and their cells."""

from typing import Any

from pydantic import Field

from qml.config.base import Section


class BenchSection(Section):
    """A matrix of model, data, backend and seed."""

    suite: str = Field(
        "project",
        min_length=1,
        description="`project` (this project's own model and data), `published`, `images`,"
        " `kernels`, `generative`, `qubo`, `compile`, `speed`, `cost`, or a plug-in's name.",
    )
    models: list[str] = Field([], description="Columns; all of the suite where empty.")
    data: list[str] = Field([], description="Rows; all of the suite where empty.")
    backends: list[str] = Field(
        [], description="Backends; that of [backend] where empty, simulators for most suites."
    )
    seeds: int = Field(5, ge=1, le=1_000, description="Repetitions with other seeds (seeds).")
    parallel: int = Field(1, ge=1, le=256, description="Cells at a time, a process each.")
    seed: int = Field(0, ge=0, le=2**31, description="The first seed; the others follow.")
    fresh: bool = Field(
        default=False,
        description="Run every cell anew, also those that ran before. What was paid for is not"
        " bought again: that is backend.reuse.",
    )


class RivalSection(Section):
    """One classical model on the same rows as a quantum one."""

    name: str | None = Field(None, min_length=1, description="A baseline, by name.")
    settings: dict[str, Any] = Field(
        {}, description="Its hyper-parameters; tuned by cross-validation where empty."
    )


class MeasureSection(Section):
    """One measurement of a benchmark."""

    kind: str | None = Field(None, min_length=1, description="A measurement, by name.")
    options: dict[str, Any] = Field({}, description="Its settings.")
