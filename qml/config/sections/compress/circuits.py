"""`[compress.circuit]`: pruning of models that qml trained."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section


class CircuitSection(Section):
    """Gates and weights of a model that qml trained (`run:RUN`); the target is a share of each."""

    rows: int = Field(
        256, ge=8, description="Training rows that losses are measured on, drawn by the seed."
    )
    pairs: int = Field(
        64,
        ge=0,
        description="Gates whose pairs are measured, those that cost least alone; 0 for none."
        " All other pair terms are second derivatives.",
    )
    held_out: int = Field(
        24, ge=20, description="Random cuts that decide which model of the loss predicts best."
    )
    rounds: int = Field(
        8, ge=1, description="Most times that the loss is expanded anew, for each start (rounds)."
    )
    starts: int = Field(
        1, ge=0, description="Random cuts that it begins from, beside two that are solved for."
    )
    rivals: list[Literal["once", "magnitude", "taylor", "random", "greedy", "swaps", "qaoa"]] = (
        Field(
            ["once", "magnitude", "taylor", "random", "greedy", "swaps", "qaoa"],
            description="What is shown beside the choice, with as many pieces of each kind.",
        )
    )
    qaoa: int = Field(
        8, ge=2, le=16, description="Two-qubit gates that QAOA decides on, the rest fixed (gates)."
    )
    evaluations: int = Field(
        100_000, ge=100, description="Most evaluations of each run of the solver."
    )
    steps: int = Field(
        100, ge=1, description="Steps of the training after it, with --method prune,distill."
    )
    learning_rate: float = Field(0.02, gt=0, description="Step of Adam in it.")
    price_on: str = Field(
        "ionq.forte-1", description="Machine that predictions are priced on, before and after."
    )
    price_shots: int = Field(1000, ge=1, description="Shots of each circuit there (shots).")
    price_rows: int = Field(1000, ge=1, description="Predictions that are priced (rows).")
