"""`[train]`: how the weights are found."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section


class TrainSection(Section):
    """Optimiser, batches and when to stop."""

    epochs: int = Field(30, ge=1, le=1_000_000, description="Passes over the training rows.")
    steps: int | None = Field(
        None, ge=1, description="Cap on optimiser steps; whichever of steps and epochs comes first."
    )
    batch_size: int = Field(32, ge=1, description="Rows of one step (rows).")
    optimizer: str = Field(
        "adam", min_length=1, description="`adam`, `adamw`, `sgd`, `lbfgs`, or a plug-in's name."
    )
    learning_rate: float = Field(0.01, gt=0, description="Step size at the start.")
    schedule: Literal["constant", "cosine", "exponential", "warmup_cosine"] = Field(
        "constant", description="How the learning rate changes over the steps."
    )
    weight_decay: float = Field(0.0, ge=0, description="Weight decay of `adamw`.")
    momentum: float = Field(0.0, ge=0, lt=1, description="Momentum of `sgd`.")
    clip: float | None = Field(
        None, gt=0, description="Largest norm of a gradient; longer ones are shortened to it."
    )
    gradient: str = Field(
        "auto",
        min_length=1,
        description="`auto`, `backprop`, `adjoint`, `parameter_shift`, `spsa` or `guided_spsa`.",
    )
    perturbations: int = Field(
        1, ge=1, description="Random directions in one SPSA estimate (directions)."
    )
    patience: int | None = Field(
        None,
        ge=1,
        description="Stop after so many epochs without a better validation loss (epochs).",
    )
    seed: int = Field(0, ge=0, le=2**63 - 1, description="Root seed; all others derive from it.")
