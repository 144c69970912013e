"""`[test]`: what `qml test` holds a project to."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section

Published = Literal["aria-1", "aria-2", "forte-1"]


class TestSection(Section):
    """Checks of a project's model, beside the project's own tests."""

    __test__ = False  # pytest takes it for a test case

    checks: list[str] = Field([], description="Built-in checks, by name; all where empty.")
    own: bool = Field(default=True, description="Run the project's own tests too, with pytest.")
    strict: bool = Field(default=False, description="Warnings fail as well.")
    error_rate: float = Field(
        1e-6,
        gt=0,
        lt=0.5,
        description="Most probability that a right project fails any of the statistical checks;"
        " each gets its share.",
    )
    noise: list[Published] = Field(
        ["forte-1"], description="Noise models to test on; none where empty."
    )
    noise_loss: float = Field(
        0.05, ge=0, le=1, description="Most test accuracy that a noise model may cost."
    )
    trajectories: int = Field(
        32, ge=2, description="Noisy trajectories of each row (trajectories)."
    )
    backends: list[str] = Field(
        [],
        description="Simulators that must agree, e.g. `qsim`, `aer`; where empty, `jax`,"
        " `lightning`, `default.qubit` and that of [backend].",
    )
    shots: int | None = Field(
        None,
        ge=1,
        description="Shots that must be enough for the decision; those of [backend] where not"
        " given (shots).",
    )
    flips: float = Field(
        0.05, gt=0, lt=1, description="Chance of another answer from which on a row is unsure."
    )
    unsure: float = Field(
        0.1, ge=0, le=1, description="Most share of test rows that may be unsure at the shots."
    )
    rows: int = Field(
        128, ge=2, description="Test rows that noise and shots are tried on, at most (rows)."
    )
    steps: int = Field(
        150, ge=1, description="Optimiser steps of a training that a check needs, at most."
    )
    seeds: int = Field(3, ge=2, le=100, description="Seeds of the check of stability.")
    spread: float = Field(
        0.1, ge=0, le=1, description="Most difference in test accuracy between two seeds."
    )
    sizes: list[int] = Field(
        [2, 4, 6, 8], description="Sizes that gradients are looked at (qubits)."
    )
    slope: float = Field(
        -0.4,
        le=0,
        description="Least slope of the gradient's mean square against size (bits per qubit).",
    )
    samples: int = Field(
        60, ge=10, le=10_000, description="Draws of the first weights for each size (draws)."
    )
